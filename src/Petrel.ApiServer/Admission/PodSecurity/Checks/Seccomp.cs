using Petrel.Api.Core;
using Petrel.Api.Validation;
using static Petrel.ApiServer.Admission.PodSecurity.CheckText;

namespace Petrel.ApiServer.Admission.PodSecurity.Checks;

/// <summary>System calls are filtered: not expressly unfiltered, and for restricted pods expressly filtered.</summary>
internal static class Seccomp
{
    private const string PodAnnotation = "seccomp.security.alpha.kubernetes.io/pod";
    private const string ContainerAnnotationPrefix = "container.seccomp.security.alpha.kubernetes.io/";

    public static PodCheck Baseline { get; } = new("seccompProfile_baseline", SecurityLevel.Baseline, (0, ByAnnotations), (19, Explicit));

    public static PodCheck Restricted { get; } = new("seccompProfile_restricted", SecurityLevel.Restricted, (19, Needed), (25, static pod => pod.IsWindows ? null : Needed(pod)))
    {
        Overrides = "seccompProfile_baseline",
    };

    // Before there were fields.
    private static CheckFailure? ByAnnotations(CheckedPod pod)
    {
        var forbidden = Sorted(pod.Containers.Select(static container => ContainerAnnotationPrefix + container.Name)
            .Prepend(PodAnnotation)
            .Where(name => pod.Metadata.Annotations.TryGetValue(name, out var value) && !IsAllowedAnnotation(value))
            .Select(name => $"{name}={FieldErrors.Quote(pod.Metadata.Annotations[name])}"));
        return forbidden.Count == 0 ? null : new CheckFailure("seccompProfile", $"forbidden {Plural("annotation", forbidden.Count)} {string.Join(", ", forbidden)}");
    }

    private static CheckFailure? Explicit(CheckedPod pod)
    {
        var profiles = pod.Containers.Select(static container => container.Security?.SeccompProfile).Prepend(pod.Security?.SeccompProfile);
        var values = Sorted(profiles.Where(IsBad).Select(static profile => profile!.Type));
        var setters = Setters(IsBad(pod.Security?.SeccompProfile), pod.Where(static container => IsBad(container.Security?.SeccompProfile)));
        return setters.Count == 0 ? null : new CheckFailure(
            "seccompProfile", $"{string.Join(" and ", setters)} must not set securityContext.seccompProfile.type to {Quoted(values)}");
    }

    private static CheckFailure? Needed(CheckedPod pod)
    {
        if (Explicit(pod) is { } failure)
        {
            return failure;
        }

        var without = pod.Security?.SeccompProfile is null ? pod.Where(static container => container.Security?.SeccompProfile is null) : [];
        return without.Count == 0 ? null : new CheckFailure(
            "seccompProfile", $"pod or {Containers(without)} must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"");
    }

    private static bool IsBad(SeccompProfile? profile) => profile is not null && profile.Type is not ("RuntimeDefault" or "Localhost");

    private static bool IsAllowedAnnotation(string value) => value is "runtime/default" or "docker/default" || value.StartsWith("localhost/", StringComparison.Ordinal);
}
