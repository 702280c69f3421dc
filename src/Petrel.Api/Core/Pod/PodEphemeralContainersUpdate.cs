using Petrel.Api.Schema.GoDifferences;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>The ephemeralcontainers subresource: containers for looking at a running pod come and are never changed or removed.</summary>
public static class PodEphemeralContainersUpdate
{
    /// <summary>The stored pod with nothing changed but its ephemeral containers.</summary>
    public static Pod Prepare(Pod pod, Pod old) => old with
    {
        Metadata = PodResize.MetadataOf(pod, old),
        Spec = old.Spec with { EphemeralContainers = pod.Spec.EphemeralContainers },
    };

    public static void Validate(Pod pod, Pod old, FieldErrors errors)
    {
        pod.ValidateAlways(errors, old);
        if (old.Metadata.Annotations.ContainsKey(PodAnnotations.Mirror))
        {
            errors.Forbidden(FieldPath.Root, "static pods do not support ephemeral containers");
            return;
        }

        var path = FieldPath.Root.Child("spec", "ephemeralContainers");
        foreach (var container in old.Spec.EphemeralContainers)
        {
            var now = pod.Spec.EphemeralContainers.FirstOrDefault(each => each.Name == container.Name);
            if (now is null)
            {
                errors.Forbidden(path, $"existing ephemeral containers {GoSyntax.Quote(container.Name)} may not be removed\n");
            }
            else if (now != container)
            {
                errors.Forbidden(path, $"existing ephemeral containers {GoSyntax.Quote(container.Name)} may not be changed\n{GoDifference.Of(container, now)}");
            }
        }
    }
}
