namespace Petrel.Api.Core;

/// <summary>
/// AppArmor profiles are fields now and were annotations once: each is filled in from the other, so that old and new nodes
/// and clients see the same profile (KEP-24).
/// </summary>
internal static class AppArmorAnnotations
{
    internal const string Prefix = "container.apparmor.security.beta.kubernetes.io/";

    public static Pod Complete(Pod pod)
    {
        if (pod.Spec.Os?.Name == "windows")
        {
            return pod;
        }

        var annotations = pod.Metadata.Annotations;
        var podProfile = pod.Spec.SecurityContext?.AppArmorProfile;
        Container Complete(Container container)
        {
            var profile = container.SecurityContext?.AppArmorProfile;
            if (!annotations.TryGetValue(Prefix + container.Name, out var annotation))
            {
                annotations = (profile ?? podProfile) is { } used && ToAnnotation(used) is { Length: > 0 } text ? annotations.With(Prefix + container.Name, text) : annotations;
                return container;
            }

            return profile is null && ToProfile(annotation) is { } stated && stated != podProfile
                ? container with { SecurityContext = (container.SecurityContext ?? SecurityContext.Empty) with { AppArmorProfile = stated } }
                : container;
        }

        var spec = pod.Spec with { InitContainers = pod.Spec.InitContainers.ConvertAll(Complete), Containers = pod.Spec.Containers.ConvertAll(Complete) };
        return pod with { Spec = spec, Metadata = pod.Metadata with { Annotations = annotations } };
    }

    internal static string ToAnnotation(AppArmorProfile profile) => profile.Type switch
    {
        "Unconfined" => "unconfined",
        "RuntimeDefault" => "runtime/default",
        "Localhost" when profile.LocalhostProfile is { Length: > 0 } name => "localhost/" + name,
        _ => "",
    };

    /// <summary>Null for an annotation that names no profile.</summary>
    internal static AppArmorProfile? ToProfile(string annotation) => annotation switch
    {
        "unconfined" => new() { Type = "Unconfined" },
        "runtime/default" => new() { Type = "RuntimeDefault" },
        _ when annotation.StartsWith("localhost/", StringComparison.Ordinal) && annotation.Length > "localhost/".Length =>
            new() { Type = "Localhost", LocalhostProfile = annotation["localhost/".Length..] },
        _ => null,
    };
}
