using System.Text.Json;
using Petrel.ApiServer.Webhooks;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>The settings of the plugins that ask webhooks (kind WebhookAdmissionConfiguration of apiserver.config.k8s.io/v1).</summary>
internal static class WebhookSettings
{
    private const string Group = "apiserver.config.k8s.io";

    /// <summary>Nothing is shown to webhooks unless the settings name a file with credentials.</summary>
    /// <exception cref="FormatException">The settings, or the file, are not what they should be.</exception>
    public static IWebhookCredentials Credentials(JsonElement? settings)
    {
        if (settings is not { } root)
        {
            return Anonymous.Instance;
        }

        var isOld = root.TryGetProperty("apiVersion", out var version) && version.ValueEquals(Group + "/v1alpha1");
        AdmissionConfiguration.RequireKind(root, isOld ? "WebhookAdmission" : "WebhookAdmissionConfiguration", [Group + "/v1", Group + "/v1alpha1"]);
        if (!root.TryGetProperty("kubeConfigFile", out var file) || file.GetString() is not { Length: > 0 } path)
        {
            return Anonymous.Instance;
        }

        return Path.IsPathRooted(path)
            ? WebhookKubeconfig.Load(path)
            : throw new FormatException($"kubeConfigFile: Invalid value: {Api.Validation.GoSyntax.Quote(path)}: must be an absolute file path");
    }
}
