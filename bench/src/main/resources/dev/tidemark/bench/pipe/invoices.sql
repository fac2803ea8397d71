CREATE TABLE c_invoice (
  c_invoice_id bigint PRIMARY KEY,
  ad_org_id bigint NOT NULL,
  document_no varchar(30) NOT NULL,
  customer varchar(120) NOT NULL,
  note text,
  qty integer NOT NULL,
  grand_total numeric(18, 4) NOT NULL,
  tax numeric(12, 2),
  invoiced_on date NOT NULL,
  paid boolean NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz
);

INSERT INTO c_invoice
SELECT n,
       1 + n % 12,
       'INV/' || lpad(n::text, 9, '0'),
       (ARRAY['Budi Santoso', 'Siti Nurhaliza', 'I Ketut Wijaya', 'José Pérez 😀'])[1 + n * 13 % 4],
       CASE n % 6 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN E'Baris satu\nbaris dua\ttab \\ garis' ELSE 'Antar sebelum jam ' || n % 24 END,
       1 + n * 17 % 40,
       ((n * 104729) % 100000000000)::numeric / 10000,
       CASE WHEN n % 8 = 0 THEN NULL ELSE (n * 271 % 1000000)::numeric / 100 END,
       DATE '2020-01-01' + (n % 2000)::int,
       n % 3 = 0,
       TIMESTAMPTZ '2020-01-01 00:00:00+07' + n * INTERVAL '37.123457 seconds',
       CASE WHEN n % 4 = 0 THEN NULL ELSE TIMESTAMPTZ '2020-01-01 00:00:00+07' + n * INTERVAL '37.654321 seconds' END
FROM generate_series(1::bigint, :rows) AS n;
