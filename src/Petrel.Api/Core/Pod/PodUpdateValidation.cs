using Petrel.Api.Schema.GoDifferences;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>The few things that may change in the spec of a running pod, and the few more while it is held by gates.</summary>
internal static class PodUpdateValidation
{
    private const string Mutable =
        "`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
        + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    public static void Validate(PodSpec spec, PodSpec old, FieldPath path, FieldErrors errors)
    {
        if (!ValidateImages(spec.Containers, old.Containers, path.Child("containers"), errors)
            || !ValidateImages(spec.InitContainers, old.InitContainers, path.Child("initContainers"), errors)
            || !ValidateDeadline(spec.ActiveDeadlineSeconds, old.ActiveDeadlineSeconds, path.Child("activeDeadlineSeconds"), errors))
        {
            return;
        }

        ValidateTolerations(spec.Tolerations, old.Tolerations, path.Child("tolerations"), errors);
        ValidateGates(spec.SchedulingGates, old.SchedulingGates, path.Child("schedulingGates"), errors);

        var rest = WithMutableOf(spec, old);
        if (!old.SchedulingGates.IsEmpty)
        {
            rest = ValidateGated(rest, old, path, errors);
        }

        if (rest != old)
        {
            errors.Forbidden(path, $"pod updates may not change fields other than {Mutable}\n{GoDifference.Of(old, rest)}");
        }
    }

    private static bool ValidateImages(ApiList<Container> containers, ApiList<Container> old, FieldPath path, FieldErrors errors)
    {
        if (containers.Count != old.Count)
        {
            errors.Forbidden(path, "pod updates may not add or remove containers");
            return false;
        }

        for (var i = 0; i < containers.Count; i++)
        {
            errors.NotEmpty(path.Index(i).Child("image"), containers[i].Image);
            containers[i].ValidateOutsideTemplate(path.Index(i), errors);
        }

        return true;
    }

    // A deadline can be set and brought forward.
    private static bool ValidateDeadline(long? deadline, long? old, FieldPath path, FieldErrors errors)
    {
        if (deadline is < 0 or > int.MaxValue)
        {
            errors.InRange(path, deadline.Value, 0, int.MaxValue);
            return false;
        }

        if (deadline > old)
        {
            errors.Invalid(path, deadline, "must be less than or equal to previous value");
            return false;
        }

        if (deadline is null && old is not null)
        {
            errors.Invalid(path, null, "must not update from a positive integer to nil value");
        }

        return true;
    }

    private static void ValidateTolerations(ApiList<Toleration> tolerations, ApiList<Toleration> old, FieldPath path, FieldErrors errors)
    {
        if (old.Any(kept => !tolerations.Any(toleration => toleration with { TolerationSeconds = kept.TolerationSeconds } == kept)))
        {
            errors.Forbidden(path, "existing toleration can not be modified except its tolerationSeconds");
            return;
        }

        Toleration.ValidateAll(tolerations, path, errors);
    }

    private static void ValidateGates(ApiList<PodSchedulingGate> gates, ApiList<PodSchedulingGate> old, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < gates.Count; i++)
        {
            if (!old.Contains(gates[i]))
            {
                errors.Forbidden(path.Index(i).Child("name"), $"only deletion is allowed, but found new scheduling gate '{gates[i].Name}'");
            }
        }
    }

    private static PodSpec WithMutableOf(PodSpec spec, PodSpec old) => spec with
    {
        Containers = WithImages(spec.Containers, old.Containers),
        InitContainers = WithImages(spec.InitContainers, old.InitContainers),
        ActiveDeadlineSeconds = old.ActiveDeadlineSeconds,
        SchedulingGates = old.SchedulingGates,
        Tolerations = old.Tolerations,
        TerminationGracePeriodSeconds = spec.TerminationGracePeriodSeconds == 1 && old.TerminationGracePeriodSeconds < 0
            ? old.TerminationGracePeriodSeconds
            : spec.TerminationGracePeriodSeconds,
    };

    private static ApiList<Container> WithImages(ApiList<Container> containers, ApiList<Container> old) =>
        containers.Select((container, i) => container with { Image = old[i].Image }).ToApiList();

    // A pod that is held may still be narrowed to fewer nodes.
    private static PodSpec ValidateGated(PodSpec spec, PodSpec old, FieldPath path, FieldErrors errors)
    {
        if (old.NodeSelector.Any(kept => spec.NodeSelector.GetValueOrDefault(kept.Key) != kept.Value))
        {
            errors.Invalid(path.Child("nodeSelector"), GoSyntax.Map(spec.NodeSelector), "only additions to nodeSelector are allowed (no mutations or deletions)");
        }

        var oldAffinity = old.Affinity?.NodeAffinity;
        if (oldAffinity is not null)
        {
            ValidateTerms(
                spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms ?? default,
                oldAffinity.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms ?? default,
                path.Child("affinity", "nodeAffinity").Child("requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"),
                errors);
        }

        var affinity = spec.Affinity is null && oldAffinity is null ? null : (spec.Affinity ?? Affinity.Empty) with { NodeAffinity = oldAffinity };
        return spec with { NodeSelector = old.NodeSelector, Affinity = affinity == Affinity.Empty && old.Affinity is null ? null : affinity };
    }

    private static void ValidateTerms(ApiList<NodeSelectorTerm> terms, ApiList<NodeSelectorTerm> old, FieldPath path, FieldErrors errors)
    {
        if (old.IsEmpty)
        {
            return;
        }

        if (terms.Count != old.Count)
        {
            errors.Invalid(path, GoText(terms), "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
            return;
        }

        for (var i = 0; i < terms.Count; i++)
        {
            var hasAll = old[i].MatchExpressions.All(terms[i].MatchExpressions.Contains) && old[i].MatchFields.All(terms[i].MatchFields.Contains);
            if (!hasAll)
            {
                errors.Invalid(path.Index(i), GoText([terms[i]]), "only additions are allowed (no mutations or deletions)");
            }
        }
    }

    private static Verbatim GoText(ApiList<NodeSelectorTerm> terms)
    {
        static string Requirements(ApiList<NodeSelectorRequirement> list) => list.IsNil ? "[]core.NodeSelectorRequirement(nil)" : "[]core.NodeSelectorRequirement{" + string.Join(
            ", ",
            list.Select(static each => $"core.NodeSelectorRequirement{{Key:{GoSyntax.Quote(each.Key)}, Operator:{GoSyntax.Quote(each.Operator)}, Values:{GoSyntax.Strings(each.Values)}}}")) + "}";
        return new("[]core.NodeSelectorTerm{" + string.Join(
            ", ",
            terms.Select(static term => $"core.NodeSelectorTerm{{MatchExpressions:{Requirements(term.MatchExpressions)}, MatchFields:{Requirements(term.MatchFields)}}}")) + "}");
    }
}
