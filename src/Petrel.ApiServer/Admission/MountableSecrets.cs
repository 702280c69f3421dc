using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.ApiServer.Admission;

/// <summary>
/// The pods of a service account with the annotation <c>kubernetes.io/enforce-mountable-secrets</c> may use the secrets that
/// the account names and no others (kubernetes.io, "Service Accounts: Enforce mountable secrets").
/// </summary>
internal static class MountableSecrets
{
    private const string Annotation = "kubernetes.io/enforce-mountable-secrets";

    private static readonly string[] Truths = ["1", "t", "T", "TRUE", "true", "True"];

    /// <summary>What a pod uses without right; null when all is well.</summary>
    public static string? Refusal(PodSpec spec, ServiceAccount account)
    {
        if (!account.Metadata.Annotations.TryGetValue(Annotation, out var enforced) || !Truths.Contains(enforced))
        {
            return null;
        }

        var allowed = account.Secrets.Select(static secret => secret.Name).ToHashSet(StringComparer.Ordinal);
        var reason = $"is not allowed because service account {account.Metadata.Name} does not reference that secret";
        var used = spec.Volumes.Where(static volume => volume.Secret is not null).Select(static volume => ("volume with secret.secretName", volume.Secret!.SecretName))
            .Concat(spec.InitContainers.SelectMany(static container => UsesOf("init container", container.Name, container.Env, container.EnvFrom)))
            .Concat(spec.Containers.SelectMany(static container => UsesOf("container", container.Name, container.Env, container.EnvFrom)));
        foreach (var (what, secret) in used)
        {
            if (!allowed.Contains(secret))
            {
                return $"{what}=\"{secret}\" {reason}";
            }
        }

        var pullable = account.ImagePullSecrets.Select(static secret => secret.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < spec.ImagePullSecrets.Count; i++)
        {
            if (!pullable.Contains(spec.ImagePullSecrets[i].Name))
            {
                return $"imagePullSecrets[{i}].name=\"{spec.ImagePullSecrets[i].Name}\" is not allowed because service account {account.Metadata.Name} does not reference that imagePullSecret";
            }
        }

        return null;
    }

    private static IEnumerable<(string What, string Secret)> UsesOf(string kind, string container, ApiList<EnvVar> variables, ApiList<EnvFromSource> sources) =>
        variables
            .Where(static variable => variable.ValueFrom?.SecretKeyRef is not null)
            .Select(variable => ($"{kind} {container} with envVar {variable.Name} referencing secret.secretName", variable.ValueFrom!.SecretKeyRef!.Name))
            .Concat(sources
                .Where(static source => source.SecretRef is not null)
                .Select(source => ($"{kind} {container} with envFrom referencing secret.secretName", source.SecretRef!.Name)));
}
