using System.Globalization;
using System.Text;
using Petrel.Api.Json;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Annotations with a meaning: marks of static pods' mirrors, the cost of a deletion, and tolerations and profiles of old clients.</summary>
internal static class PodAnnotations
{
    /// <summary>Marks the copy that a node agent makes in the API of a pod that it runs from a file.</summary>
    internal const string Mirror = "kubernetes.io/config.mirror";

    private const string DeletionCost = "controller.kubernetes.io/pod-deletion-cost";

    private const string Tolerations = "scheduler.alpha.kubernetes.io/tolerations";

    /// <param name="old">The annotations that are stored: a cost that was let in once stays possible. Null for a new pod.</param>
    public static void Validate(ApiMap<string> annotations, PodSpec spec, FieldPath path, FieldErrors errors, ApiMap<string>? old = null)
    {
        if (annotations.TryGetValue(Mirror, out var mirror) && spec.NodeName.Length == 0)
        {
            errors.Invalid(path.Key(Mirror), mirror, "must set spec.nodeName if mirror pod annotation is set");
        }

        if (annotations.TryGetValue(Tolerations, out var tolerations) && tolerations.Length != 0)
        {
            ValidateTolerations(tolerations, path, errors);
        }

        if (annotations.TryGetValue(DeletionCost, out var cost) && !IsCost(cost) && !(old?.TryGetValue(DeletionCost, out var before) == true && !IsCost(before)))
        {
            errors.Invalid(path.Key(DeletionCost), cost, "must be a 32bit integer");
        }

        SeccompAnnotations.Validate(annotations, path, errors);
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

    // They have no effect any more, but have to be good ones.
    private static void ValidateTolerations(string text, FieldPath path, FieldErrors errors)
    {
        var problem = EmbeddedJson.Problem(Encoding.UTF8.GetBytes(text), EmbeddedJson.Array, "[]core.Toleration");
        var problems = new DecodeProblems();
        var spec = problem is null ? JsonDecoder.Decode<PodSpec>(Encoding.UTF8.GetBytes($$"""{"tolerations": {{text}}}"""), problems) : PodSpec.Empty;
        if ((problem ?? problems.TypeError) is { } detail)
        {
            errors.Invalid(path, Tolerations, detail);
        }
        else
        {
            Toleration.ValidateAll(spec.Tolerations, path.Child(Tolerations), errors);
        }
    }

    // Without a plus sign and without leading zeros.
    private static bool IsCost(string text) => text.Length != 0 && (text == "0" || text[0] is '-' or (>= '1' and <= '9'))
        && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

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
