using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Annotations by which old clients name the seccomp profiles of a pod and its containers. They have no effect, but must not be wrong.</summary>
internal static class SeccompAnnotations
{
    private const string OfPod = "seccomp.security.alpha.kubernetes.io/pod";

    private const string OfContainer = "container.seccomp.security.alpha.kubernetes.io/";

    private const string FilePrefix = "localhost/";

    /// <summary>Every profile that is named has to be one.</summary>
    public static void Validate(ApiMap<string> annotations, FieldPath path, FieldErrors errors)
    {
        if (annotations.TryGetValue(OfPod, out var profile))
        {
            ValidateProfile(profile, path.Child(OfPod), errors);
        }

        foreach (var (key, value) in annotations)
        {
            if (key.StartsWith(OfContainer, StringComparison.Ordinal))
            {
                ValidateProfile(value, path.Child(key), errors);
            }
        }
    }

    /// <summary>Where a new pod has both an annotation and a field, they say the same.</summary>
    public static void ValidateMatch(ApiMap<string> annotations, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        Match(annotations.GetValueOrDefault(OfPod), spec.SecurityContext?.SeccompProfile, path, errors);
        foreach (var (containers, field) in new[] { (spec.InitContainers, "initContainers"), (spec.Containers, "containers") })
        {
            for (var i = 0; i < containers.Count; i++)
            {
                Match(annotations.GetValueOrDefault(OfContainer + containers[i].Name), containers[i].SecurityContext?.SeccompProfile, path.Child(field).Index(i), errors);
            }
        }

        for (var i = 0; i < spec.EphemeralContainers.Count; i++)
        {
            var container = spec.EphemeralContainers[i];
            Match(annotations.GetValueOrDefault(OfContainer + container.Name), container.SecurityContext?.SeccompProfile, path.Child("ephemeralContainers").Index(i), errors);
        }
    }

    private static void ValidateProfile(string profile, FieldPath path, FieldErrors errors)
    {
        if (profile.StartsWith(FilePrefix, StringComparison.Ordinal))
        {
            errors.PathBelow(path, profile[FilePrefix.Length..]);
        }
        else if (profile is not ("runtime/default" or "docker/default" or "unconfined"))
        {
            errors.Invalid(path, profile, "must be a valid seccomp profile");
        }
    }

    private static void Match(string? annotation, SeccompProfile? profile, FieldPath owner, FieldErrors errors)
    {
        if (annotation is null || profile is null)
        {
            return;
        }

        var path = owner.Child("securityContext", "seccompProfile");
        var isSameType = profile.Type switch
        {
            "Unconfined" => annotation == "unconfined",
            "RuntimeDefault" => annotation is "runtime/default" or "docker/default",
            "Localhost" => annotation.StartsWith(FilePrefix, StringComparison.Ordinal),
            _ => true,
        };
        if (!isSameType)
        {
            errors.Forbidden(path.Child("type"), "seccomp type in annotation and field must match");
        }
        else if (profile.Type == "Localhost" && annotation[FilePrefix.Length..] != profile.LocalhostProfile)
        {
            errors.Forbidden(path.Child("localhostProfile"), "seccomp profile in annotation and field must match");
        }
    }
}
