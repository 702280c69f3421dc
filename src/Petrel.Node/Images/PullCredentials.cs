using System.Text;
using System.Text.Json;
using Petrel.Api.Core;
using Petrel.Node.Objects;
using Petrel.Node.Pods;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Images;

/// <summary>
/// Credentials for registries from a pod's imagePullSecrets (Secret types kubernetes.io/dockerconfigjson and
/// kubernetes.io/dockercfg).
/// </summary>
internal sealed class PullCredentials(NodeObjects objects, PodEvents events)
{
    private const string ConfigKey = ".dockerconfigjson";
    private const string OldConfigKey = ".dockercfg";

    /// <summary>The credentials to try, the most specific first; none to pull without.</summary>
    public async Task<IReadOnlyList<Cri.AuthConfig>> ForAsync(Pod pod, PodContainer container, string image, CancellationToken cancellationToken)
    {
        var (found, missing) = (new List<(string Registry, Cri.AuthConfig Auth)>(), new List<string>());
        foreach (var name in pod.Spec.ImagePullSecrets.Select(static each => each.Name).Where(static name => name.Length > 0))
        {
            if (await objects.SecretAsync(pod.Metadata.Namespace, name, cancellationToken) is { } secret)
            {
                found.AddRange(Read(secret));
            }
            else
            {
                missing.Add(name);
            }
        }

        if (missing.Count > 0)
        {
            events.Warning(
                pod,
                container,
                "FailedToRetrieveImagePullSecret",
                $"Unable to retrieve some image pull secrets ({string.Join(", ", missing)}); attempting to pull the image may not succeed.");
        }

        return
        [
            .. found.Where(each => RegistryMatch.Covers(each.Registry, image))
                .OrderByDescending(static each => each.Registry.Length)
                .Select(static each => each.Auth),
        ];
    }

    /// <summary>A secret that is not in the form its type promises gives nothing.</summary>
    internal static IEnumerable<(string Registry, Cri.AuthConfig Auth)> Read(Secret secret)
    {
        var isNew = secret.Data.TryGetValue(ConfigKey, out var content);
        if (!isNew && !secret.Data.TryGetValue(OldConfigKey, out content))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(content.Memory);
            var registries = document.RootElement;
            if (isNew && !registries.TryGetProperty("auths", out registries))
            {
                return [];
            }

            return [.. registries.EnumerateObject().Select(static entry => (entry.Name, Auth(entry.Value)))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return [];
        }
    }

    private static Cri.AuthConfig Auth(JsonElement entry)
    {
        var (user, password) = (Text(entry, "username"), Text(entry, "password"));
        if (Text(entry, "auth") is { Length: > 0 } both)
        {
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(both)).Split(':', 2);
            (user, password) = (parts[0], parts.Length == 2 ? parts[1] : "");
        }

        return new Cri.AuthConfig
        {
            Username = user,
            Password = password,
            IdentityToken = Text(entry, "identitytoken"),
            RegistryToken = Text(entry, "registrytoken"),
        };
    }

    private static string Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
