using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Annotations with a meaning: marks of static pods' mirrors, and AppArmor profiles of old clients.</summary>
internal static class PodAnnotations
{
    /// <summary>Marks the copy that a node agent makes in the API of a pod that it runs from a file.</summary>
    internal const string Mirror = "kubernetes.io/config.mirror";

    public static void Validate(ApiMap<string> annotations, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (annotations.TryGetValue(Mirror, out var mirror) && spec.NodeName.Length == 0)
        {
            errors.Invalid(path.Key(Mirror), mirror, "must set spec.nodeName if mirror pod annotation is set");
        }

        foreach (var (key, value) in annotations)
        {
            if (key.StartsWith(AppArmorAnnotations.Prefix, StringComparison.Ordinal))
            {
                ValidateAppArmor(key, value, spec, path.Key(key), errors);
            }
        }
    }

    public static void ValidateUpdate(ApiMap<string> annotations, ApiMap<string> old, FieldPath path, FieldErrors errors)
    {
        foreach (var (key, value) in old)
        {
            if (annotations.GetValueOrDefault(key) != value)
            {
                Refuse(key, path, "may not remove or update AppArmor annotations", "may not remove or update mirror pod annotation", errors);
            }
        }

        foreach (var (key, _) in annotations)
        {
            if (!old.ContainsKey(key))
            {
                Refuse(key, path, "may not add AppArmor annotations", "may not add mirror pod annotation", errors);
            }
        }
    }

    private static void ValidateAppArmor(string key, string value, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        var name = key[AppArmorAnnotations.Prefix.Length..];
        if (!spec.InitContainers.Concat(spec.Containers).Any(container => container.Name == name) && !spec.EphemeralContainers.Any(container => container.Name == name))
        {
            errors.Invalid(path, name, "container not found");
        }

        if (value.Length != 0 && value is not ("runtime/default" or "unconfined") && !value.StartsWith("localhost/", StringComparison.Ordinal))
        {
            errors.Invalid(path, value, $"invalid AppArmor profile name: {GoSyntax.Quote(value)}");
        }
    }

    private static void Refuse(string key, FieldPath path, string appArmorDetail, string mirrorDetail, FieldErrors errors)
    {
        if (key.StartsWith(AppArmorAnnotations.Prefix, StringComparison.Ordinal))
        {
            errors.Forbidden(path.Key(key), appArmorDetail);
        }
        else if (key == Mirror)
        {
            errors.Forbidden(path.Key(key), mirrorDetail);
        }
    }
}
