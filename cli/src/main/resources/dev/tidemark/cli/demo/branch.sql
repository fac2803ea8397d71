CREATE TABLE ad_org (
  ad_org_id bigint PRIMARY KEY,
  org_uuid uuid NOT NULL,
  name varchar(120) NOT NULL,
  city varchar(60),
  is_active boolean NOT NULL,
  opened_on date,
  settings jsonb NOT NULL
);

CREATE TABLE m_product (
  m_product_id bigint PRIMARY KEY,
  sku varchar(20) NOT NULL UNIQUE,
  name varchar(120) NOT NULL,
  description text,
  list_price numeric(14, 4) NOT NULL,
  weight_kg double precision,
  is_stocked boolean NOT NULL,
  attributes jsonb,
  updated_at timestamptz NOT NULL
);

CREATE TABLE c_invoice (
  c_invoice_id bigint PRIMARY KEY,
  ad_org_id bigint NOT NULL,
  m_product_id bigint NOT NULL,
  invoice_uuid uuid NOT NULL,
  document_no varchar(30) NOT NULL,
  customer varchar(120) NOT NULL,
  note text,
  qty integer NOT NULL,
  grand_total numeric(18, 4) NOT NULL,
  tax numeric(12, 2),
  invoiced_on date NOT NULL,
  paid boolean NOT NULL,
  details jsonb,
  created_at timestamptz NOT NULL,
  updated_at timestamptz
);
