using Petrel.Api.Core;
using Petrel.Api.Validation;
using static Petrel.ApiServer.Admission.PodSecurity.CheckText;

namespace Petrel.ApiServer.Admission.PodSecurity.Checks;

/// <summary>AppArmor profiles are the runtime's own or files of the node, not none.</summary>
internal static class AppArmor
{
    private const string AnnotationPrefix = "container.apparmor.security.beta.kubernetes.io/";

    public static PodCheck Check { get; } = new("appArmorProfile", SecurityLevel.Baseline, (0, OfPod));

    private static CheckFailure? OfPod(CheckedPod pod)
    {
        var isPodBad = IsBad(pod.Security?.AppArmorProfile);
        var containers = pod.Containers.Where(static container => IsBad(container.Security?.AppArmorProfile)).ToList();
        var types = containers.Select(static container => container.Security!.AppArmorProfile!.Type);
        var values = Sorted(isPodBad ? types.Append(pod.Security!.AppArmorProfile!.Type) : types);
        var setters = Setters(isPodBad, [.. containers.Select(static container => container.Name)]);
        var annotations = Sorted(pod.Metadata.Annotations
            .Where(static annotation => annotation.Key.StartsWith(AnnotationPrefix, StringComparison.Ordinal) && !IsAllowedAnnotation(annotation.Value))
            .Select(static annotation => $"{annotation.Key}={FieldErrors.Quote(annotation.Value)}"));
        if (annotations.Count > 0)
        {
            values.AddRange(annotations);
            setters.Add(Plural("annotation", annotations.Count));
        }

        return setters.Count == 0 ? null : new CheckFailure(
            Plural("forbidden AppArmor profile", values.Count), $"{string.Join(" and ", setters)} must not set AppArmor profile type to {Quoted(values)}");
    }

    private static bool IsBad(AppArmorProfile? profile) => profile is not null && profile.Type is not ("RuntimeDefault" or "Localhost");

    private static bool IsAllowedAnnotation(string value) => value is "" or "runtime/default" || value.StartsWith("localhost/", StringComparison.Ordinal);
}
