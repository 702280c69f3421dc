using System.Text;
using System.Text.Json.Nodes;

namespace Petrel.ApiServer.Tests.Robustness;

/// <summary>Makes broken bodies from good ones. The same seed makes the same bodies.</summary>
internal sealed class HostileBodies(Random random)
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ":", ",", "\"", "null", "true", "-", "1e999", "1e-999", "NaN", "\\u0000", "\\ud800", "\\", "'", "0x1", "\u00a0", "\t", "\0", "//", "18446744073709551616", "9223372036854775808", "-0", "01",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "-1", "1e400", "1.5", "99999999999999999999", "\"\"", "\"x\"", "[]", "{}", "[[]]", "[null]", "{\"\":null}", "\"\\u0000\"", "\"\\ud83d\"", "[{\"a\":[{}]}]", "\"9999999999999999999999999Ei\"", "\"0001-01-01T00:00:00Z\"",
        "\"99999-01-01T00:00:00Z\"", "-9223372036854775808", "2147483648", "\"-1\"", "\"1e1000000\"", "\"-.5e-99999999\"",
    ];

    /// <summary>Bytes put in, taken out, changed, swapped, cut.</summary>
    public byte[] Broken(string good)
    {
        var bytes = Encoding.UTF8.GetBytes(good).ToList();
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(6))
            {
                case 0:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at));
                    break;
                case 2 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    bytes.InsertRange(at, BadUtf8());
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(0, Math.Min(at, 40)));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Good syntax with values of wrong types and extremes in random places, and names given twice.</summary>
    public string Mistyped(string good)
    {
        var root = JsonNode.Parse(good)!;
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var places = Places(root).ToList();
            var (parent, key) = places[random.Next(places.Count)];
            // Put in as text afterwards: not all of it is JSON that a tree can hold.
            var value = JsonValue.Create($"@{random.Next(Values.Length)}@");
            if (parent is JsonObject map)
            {
                map[key] = value;
            }
            else
            {
                parent.AsArray()[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)] = value;
            }
        }

        return Enumerable.Range(0, Values.Length).Aggregate(root.ToJsonString(), static (text, index) => text.Replace($"\"@{index}@\"", Values[index], StringComparison.Ordinal));
    }

    /// <summary>Brackets, far deeper than anything reads.</summary>
    public byte[] Deep()
    {
        var depth = (int)Math.Pow(10, 2 + (random.NextDouble() * 3));
        var text = random.Next(6) switch
        {
            0 => new string('[', depth),
            1 => new string('[', depth) + new string(']', depth),
            2 => string.Concat(Enumerable.Repeat("{\"a\":", depth)),
            3 => "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"x\"},\"data\":" + string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth + 1),
            4 => "{\"metadata\":{\"managedFields\":[{\"fieldsV1\":" + string.Concat(Enumerable.Repeat("{\"f:a\":", depth)) + "{}" + new string('}', depth) + "}]}}",
            _ => "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"x\"},\"unknown\":" + new string('[', depth) + new string(']', depth) + "}",
        };
        return Encoding.UTF8.GetBytes(text);
    }

    public string Yaml() => random.Next(12) switch
    {
        0 => string.Concat(Enumerable.Repeat("- ", random.Next(10, 20_000))),
        1 => new string('[', random.Next(10, 50_000)),
        2 => "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nh: [*g,*g,*g,*g,*g,*g,*g,*g,*g]\n",
        3 => "a: &a [*a]",
        4 => "? [a, b]\n: c\n? {x: y}\n: z\n",
        5 => "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n\ta: b\n",
        6 => "!!binary x: !!int y\n--- !<tag:x> [",
        7 => "%YAML 9.9\n---\na: b: c: d\n",
        8 => "a: |9\n  x\nb: >-\n" + new string(' ', random.Next(5000)) + "x",
        9 => "<<: [1, 2, {a: b}]\n<<: *none\n",
        10 => "a: \"" + new string('\\', random.Next(1, 40)) + "xZZ\"",
        _ => Encoding.UTF8.GetString(Broken("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  labels: {a: 'b', c: \"d\"}\ndata:\n  k: |\n    text\n  l: >-\n    more\n")),
    };

    /// <summary>Bytes with and without the envelope, and an envelope with a broken message.</summary>
    public byte[] Protobuf()
    {
        var noise = new byte[random.Next(0, 200)];
        random.NextBytes(noise);
        return random.Next(4) switch
        {
            0 => noise,
            1 => [.. "k8s\0"u8, .. noise],
            2 => [.. "k8s\0\n\x0f\n\x02v1\x12\tConfigMap\x12"u8, (byte)noise.Length, .. noise],
            _ => [.. "k8s\0\n\x09\n\x02v1\x12\x03Pod\x12"u8, .. Varint(long.MaxValue >> random.Next(60)), .. noise],
        };
    }

    public byte[] BadUtf8()
    {
        byte[][] sequences = [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82], [0x80], [0xfe, 0xff]];
        return sequences[random.Next(sequences.Length)];
    }

    private static IEnumerable<(JsonNode Parent, string Key)> Places(JsonNode node) => node switch
    {
        JsonObject map => map.SelectMany(pair => (pair.Value is null ? [] : Places(pair.Value)).Prepend((map, pair.Key))),
        JsonArray list => list.SelectMany((item, index) => (item is null ? [] : Places(item)).Prepend((list, index.ToString(System.Globalization.CultureInfo.InvariantCulture)))),
        _ => [],
    };

    private static IEnumerable<byte> Varint(long value)
    {
        for (; value > 0x7f; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }
}
