using System.Buffers;
using System.Text.Json;
using Petrel.Api.Core;
using Petrel.ApiServer.Authentication;

namespace Petrel.ApiServer.Tokens;

/// <summary>
/// The tokens in secrets of type kubernetes.io/service-account-token, which never expire and are good as long as their
/// secret holds them (kubernetes.io, "Manually create a long-lived API token for a ServiceAccount").
/// </summary>
internal static class LegacyTokens
{
    public const string Issuer = "kubernetes/serviceaccount";

    private const string Prefix = Issuer + "/";

    public static string Issue(ServiceAccount account, Secret secret, SigningKey key)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("iss", Issuer);
        writer.WriteString(Prefix + "namespace", account.Metadata.Namespace);
        writer.WriteString(Prefix + "secret.name", secret.Metadata.Name);
        writer.WriteString(Prefix + "service-account.name", account.Metadata.Name);
        writer.WriteString(Prefix + "service-account.uid", account.Metadata.Uid);
        writer.WriteString("sub", SystemIdentities.ServiceAccountUser(account.Metadata.Namespace, account.Metadata.Name));
        writer.WriteEndObject();
        writer.Flush();
        return JsonWebToken.Sign(buffer.WrittenSpan, key);
    }

    /// <summary>The claims; null when the JSON is not that of such a token.</summary>
    public static LegacyClaims? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            string Text(string name) => document.RootElement.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
            return Text("iss") == Issuer
                ? new LegacyClaims(Text("sub"), Text(Prefix + "namespace"), Text(Prefix + "secret.name"), Text(Prefix + "service-account.name"), Text(Prefix + "service-account.uid"))
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A member has another type than such a token's.
            return null;
        }
    }
}

/// <summary>What a legacy token says.</summary>
internal sealed record LegacyClaims(string Subject, string Namespace, string SecretName, string AccountName, string AccountUid);
