CREATE TABLE airlines (
  carrier varchar(2) PRIMARY KEY,
  name text NOT NULL
);

CREATE TABLE airports (
  faa varchar(3) PRIMARY KEY,
  name text NOT NULL,
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  alt integer NOT NULL,
  tz smallint,
  dst char(1),
  tzone varchar(40)
);

CREATE TABLE planes (
  tailnum varchar(6) PRIMARY KEY,
  year smallint,
  type varchar(40),
  manufacturer varchar(40),
  model varchar(40),
  engines smallint,
  seats smallint,
  speed smallint,
  engine varchar(20)
);

CREATE TABLE weather (
  origin varchar(3) NOT NULL,
  year smallint NOT NULL,
  month smallint NOT NULL,
  day smallint NOT NULL,
  hour smallint NOT NULL,
  temp numeric,
  dewp numeric,
  humid numeric(5, 2),
  wind_dir smallint,
  wind_speed double precision,
  wind_gust double precision,
  precip numeric(6, 3),
  pressure numeric(6, 1),
  visib double precision,
  time_hour timestamptz NOT NULL,
  PRIMARY KEY (origin, time_hour)
);

CREATE TABLE flights (
  year smallint NOT NULL,
  month smallint NOT NULL,
  day smallint NOT NULL,
  dep_time smallint,
  sched_dep_time smallint NOT NULL,
  dep_delay smallint,
  arr_time smallint,
  sched_arr_time smallint NOT NULL,
  arr_delay smallint,
  carrier varchar(2) NOT NULL,
  flight integer NOT NULL,
  tailnum varchar(6),
  origin varchar(3) NOT NULL,
  dest varchar(3) NOT NULL,
  air_time smallint,
  distance smallint NOT NULL,
  hour smallint NOT NULL,
  minute smallint NOT NULL,
  time_hour timestamptz NOT NULL,
  PRIMARY KEY (time_hour, carrier, flight)
);
