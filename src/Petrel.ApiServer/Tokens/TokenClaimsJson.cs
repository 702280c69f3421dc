using System.Buffers;
using System.Text.Json;
using Petrel.Api;

namespace Petrel.ApiServer.Tokens;

/// <summary>Writes and reads the claims of a token. Members are in upstream's order, which sorts them.</summary>
internal static class TokenClaimsJson
{
    public static ReadOnlyMemory<byte> Write(TokenClaims claims)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartArray("aud");
        foreach (var audience in claims.Audiences)
        {
            writer.WriteStringValue(audience);
        }

        writer.WriteEndArray();
        WriteTime(writer, "exp", claims.Expires);
        WriteTime(writer, "iat", claims.IssuedAt);
        writer.WriteString("iss", claims.Issuer);
        writer.WriteString("jti", claims.Id);
        writer.WriteStartObject("kubernetes.io");
        writer.WriteString("namespace", claims.Namespace);
        WriteObject(writer, "node", claims.Node);
        WriteObject(writer, "pod", claims.Pod);
        WriteObject(writer, "secret", claims.Secret);
        WriteObject(writer, "serviceaccount", claims.ServiceAccount);
        WriteTime(writer, "warnafter", claims.WarnAfter);
        writer.WriteEndObject();
        WriteTime(writer, "nbf", claims.NotBefore);
        writer.WriteString("sub", claims.Subject);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The claims; null when the JSON is not that of a service account token.</summary>
    public static TokenClaims? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            // A member has another type or range than such a token's.
            return null;
        }
    }

    private static TokenClaims? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("kubernetes.io", out var kubernetes) || ReadObject(kubernetes, "serviceaccount") is not { } account)
        {
            return null;
        }

        return new TokenClaims
        {
            Issuer = Text(root, "iss"),
            Subject = Text(root, "sub"),
            Audiences = Audiences(root),
            Expires = Time(root, "exp"),
            IssuedAt = Time(root, "iat"),
            NotBefore = Time(root, "nbf"),
            Id = Text(root, "jti"),
            Namespace = Text(kubernetes, "namespace"),
            ServiceAccount = account,
            Pod = ReadObject(kubernetes, "pod"),
            Node = ReadObject(kubernetes, "node"),
            Secret = ReadObject(kubernetes, "secret"),
            WarnAfter = Time(kubernetes, "warnafter"),
        };
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            writer.WriteNumber(name, value.ToUnixTimeSeconds());
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, string name, ClaimedObject? value)
    {
        if (value is null)
        {
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteString("name", value.Name);
        if (value.Uid.Length > 0)
        {
            writer.WriteString("uid", value.Uid);
        }

        writer.WriteEndObject();
    }

    private static ClaimedObject? ReadObject(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? new ClaimedObject(Text(value, "name"), Text(value, "uid")) : null;

    // RFC 7519, 4.1.3: one audience may stand without its array.
    private static ApiList<string> Audiences(JsonElement root) => !root.TryGetProperty("aud", out var value) ? default
        : value.ValueKind == JsonValueKind.String ? [value.GetString()!]
        : [.. value.EnumerateArray().Select(static item => item.GetString()!)];

    private static DateTimeOffset? Time(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) ? DateTimeOffset.FromUnixTimeSeconds((long)value.GetDouble()) : null;

    private static string Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
