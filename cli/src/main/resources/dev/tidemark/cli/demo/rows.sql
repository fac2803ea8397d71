-- :seed differs by branch, :invoices is how many invoices there are.
INSERT INTO ad_org
SELECT n,
       md5('org' || :seed || n)::uuid,
       (ARRAY['Toko Maju Jaya', 'Warung Bu Siti', 'CV Sinar Abadi', 'Kedai Kopi ☕ Senja', 'PT Nusantara 🌊'])[1 + n % 5] || ' ' || n,
       CASE WHEN n % 4 = 0 THEN NULL ELSE (ARRAY['Surabaya', 'Lumajang', 'Malang', 'Yogyakarta'])[1 + n % 4] END,
       n % 7 <> 0,
       DATE '2015-01-01' + (n * 97 % 3000)::int,
       jsonb_build_object('timezone', 'Asia/Jakarta', 'tags', jsonb_build_array('branch', :seed, n))
FROM generate_series(1::bigint, 12) AS n;

INSERT INTO m_product
SELECT n,
       'SKU-' || lpad(n::text, 8, '0'),
       (ARRAY['Beras', 'Gula', 'Kopi', 'Teh', 'Sambal 🌶', 'Kecap'])[1 + n % 6] || ' ' || (n % 50 + 1) || ' kg',
       CASE n % 5 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE 'Dipilih; dari "petani" di Jawa, no. ' || n END,
       ((n * 7919 + :seed * 1013) % 10000000)::numeric / 10000,
       CASE WHEN n % 9 = 0 THEN NULL ELSE (n % 1000) / 8.0 END,
       n % 11 <> 0,
       CASE WHEN n % 3 = 0 THEN NULL ELSE jsonb_build_object('colour', (ARRAY['merah', 'biru', 'hijau'])[1 + n % 3], 'stock', n % 400) END,
       TIMESTAMPTZ '2024-01-01 00:00:00+07' + n * INTERVAL '61.000123 seconds'
FROM generate_series(1::bigint, 5000) AS n;

INSERT INTO c_invoice
SELECT n,
       1 + n % 12,
       1 + n * 31 % 5000,
       md5('invoice' || :seed || n)::uuid,
       'INV/' || :seed || '/' || lpad(n::text, 9, '0'),
       (ARRAY['Budi Santoso', 'Siti Nurhaliza', 'I Ketut Wijaya', 'Ahmad Fauzi', 'Ratu Ayu Lestari', 'Joko Prasetyo', 'Maria Ülfah', 'José Pérez 😀'])[1 + n * 13 % 8],
       CASE n % 6 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN E'Baris satu\nbaris dua\ttab \\ garis' WHEN 3 THEN 'Terima kasih 🙏🏽' ELSE 'Antar sebelum jam ' || n % 24 END,
       1 + n * 17 % 40,
       ((n * 104729 + :seed) % 100000000000)::numeric / 10000 * CASE WHEN n % 50 = 0 THEN -1 ELSE 1 END,
       CASE WHEN n % 8 = 0 THEN NULL ELSE (n * 271 % 1000000)::numeric / 100 END,
       DATE '2020-01-01' + (n % 2000)::int,
       n % 3 = 0,
       CASE WHEN n % 2 = 0 THEN NULL ELSE jsonb_build_object('channel', (ARRAY['kasir', 'app', 'web'])[1 + n % 3], 'lines', n % 9) END,
       TIMESTAMPTZ '2020-01-01 00:00:00+07' + n * INTERVAL '37.123457 seconds',
       CASE WHEN n % 4 = 0 THEN NULL ELSE TIMESTAMPTZ '2020-01-01 00:00:00+07' + n * INTERVAL '37.654321 seconds' END
FROM generate_series(1::bigint, :invoices) AS n;

ANALYZE;
