-- dec_<i>_<f>: one table per number of integer digits i and of fraction digits f, both 0 to 18, with
-- a column d DECIMAL(i+f, f). Rows, in the order of n: zero, the smallest and the largest value with
-- either sign, digits 1 to 9 in turn with either sign, one digit alone, NULL.
DO $$
DECLARE
    digits constant text := '123456789012345678';
    i int;
    f int;
    table_name text;
    unit text;
    nines text;
    rising text;
    lone text;
BEGIN
    FOR i IN 0..18 LOOP
        FOR f IN 0..18 LOOP
            CONTINUE WHEN i + f = 0;
            table_name := format('dec_%s_%s', i, f);
            unit := (CASE WHEN f > 0 THEN '0.' || repeat('0', f - 1) ELSE '' END) || '1';
            nines := '0' || repeat('9', i) || (CASE WHEN f > 0 THEN '.' || repeat('9', f) ELSE '' END);
            rising := '0' || left(digits, i) || (CASE WHEN f > 0 THEN '.' || left(digits, f) ELSE '' END);
            lone := CASE WHEN i > 0 THEN '7' || repeat('0', i - 1) ELSE '0.7' END;
            EXECUTE format('CREATE TABLE %I (n int, d decimal(%s, %s))', table_name, i + f, f);
            EXECUTE format(
                'INSERT INTO %I VALUES (0, 0), (1, %s), (2, -%s), (3, %s), (4, -%s), (5, %s), (6, -%s),'
                ' (7, %s), (8, NULL)',
                table_name, unit, unit, nines, nines, rising, rising, lone);
        END LOOP;
    END LOOP;
END $$;
