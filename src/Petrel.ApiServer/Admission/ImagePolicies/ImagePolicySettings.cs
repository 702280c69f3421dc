using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Petrel.Api;
using Petrel.ApiServer.Webhooks;
using Petrel.Client.Kubeconfig;

namespace Petrel.ApiServer.Admission.ImagePolicies;

/// <summary>The configuration of the plugin: an object imagePolicy, whose kubeconfig says where the webhook is and who asks.</summary>
internal sealed record ImagePolicySettings(WebhookAddress Address, IWebhookCredentials Credentials)
{
    private static readonly TimeSpan RetryDelayMax = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan DurationMax = TimeSpan.FromMinutes(30);

    /// <summary>How long an answer holds that allowed the images.</summary>
    public required TimeSpan AllowedFor { get; init; }

    /// <summary>How long an answer holds that did not.</summary>
    public required TimeSpan DeniedFor { get; init; }

    /// <summary>Before the first new attempt.</summary>
    public required TimeSpan RetryDelay { get; init; }

    /// <summary>Pods are admitted while the webhook does not answer.</summary>
    public required bool AllowsByDefault { get; init; }

    /// <exception cref="FormatException">The configuration is missing or cannot be used.</exception>
    public static ImagePolicySettings Read(JsonElement? configuration)
    {
        if (configuration is not { } root)
        {
            throw new FormatException("no config specified");
        }

        var policy = root.TryGetProperty("imagePolicy", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
        var (second, millisecond) = (TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(1));
        var delay = Duration(policy, "retryBackoff", millisecond, TimeSpan.Zero, RetryDelayMax, TimeSpan.FromMilliseconds(500), "1ns");
        var allowed = Duration(policy, "allowTTL", second, second, DurationMax, TimeSpan.FromMinutes(5), "1s");
        var denied = Duration(policy, "denyTTL", second, second, DurationMax, TimeSpan.FromSeconds(30), "1s");
        var path = Find(policy, "kubeConfigFile") is { ValueKind: JsonValueKind.String } file ? file.GetString()! : "";
        try
        {
            var connection = KubeconfigFile.Load(path).Connection();
            var address = WebhookAddress.At(connection.Server.OriginalString, Binary.FromUtf8(connection.CertificateAuthorityPem ?? "")) with
            {
                ServerName = connection.TlsServerName,
                InsecureSkipTlsVerify = connection.InsecureSkipTlsVerify,
            };
            return new(address, WebhookKubeconfig.LoadCurrent(path))
            {
                AllowedFor = allowed,
                DeniedFor = denied,
                RetryDelay = delay,
                AllowsByDefault = Find(policy, "defaultAllow") is { ValueKind: JsonValueKind.True },
            };
        }
        catch (Exception exception) when (exception is KubeconfigException or CryptographicException)
        {
            throw new FormatException($"{path}: {exception.Message}", exception);
        }
    }

    // -1 switches off, 0 leaves it to the plugin.
    private static TimeSpan Duration(JsonElement policy, string name, TimeSpan unit, TimeSpan min, TimeSpan max, TimeSpan standard, string minText)
    {
        var count = Find(policy, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var whole) ? whole : 0;
        if (count is -1 or 0)
        {
            return count == 0 ? standard : TimeSpan.Zero;
        }

        var wanted = count * unit.TotalSeconds;
        return wanted > min.TotalSeconds && wanted <= max.TotalSeconds
            ? TimeSpan.FromSeconds(wanted)
            : throw new FormatException($"valid value is between {minText} and {Text(max.TotalSeconds)}, got {Text(wanted)}");
    }

    private static JsonElement? Find(JsonElement policy, string name) => policy.ValueKind == JsonValueKind.Object && policy.TryGetProperty(name, out var value) ? value : null;

    // As Go writes durations.
    private static string Text(double seconds)
    {
        var (hours, minutes, rest) = ((long)(seconds / 3600), (long)(seconds % 3600 / 60), seconds % 60);
        var text = Math.Abs(seconds) < 1
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0.######}ms")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(rest):0.#########}s");
        return Math.Abs(seconds) < 60 ? (seconds <= -1 ? "-" : "") + text
            : string.Create(CultureInfo.InvariantCulture, $"{(seconds < 0 ? "-" : "")}{(hours == 0 ? "" : Math.Abs(hours) + "h")}{Math.Abs(minutes)}m{text}");
    }
}
