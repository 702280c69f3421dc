using Petrel.Api.ApiExtensions;
using Petrel.Api.ApiExtensions.Schemas;
using static Petrel.Api.ApiExtensions.CustomResourceDefinitionCondition;

namespace Petrel.ApiServer.CustomResources;

/// <summary>What the status of a definition should say: which of its names it may have, and that it is served.</summary>
internal static class DefinitionStatus
{
    /// <summary>The next step on the way to the right status, of which clients may see each; null at the end of the way.</summary>
    /// <param name="others">All definitions; those of the same group have taken their accepted names.</param>
    public static CustomResourceDefinitionStatus? Next(CustomResourceDefinition definition, IEnumerable<CustomResourceDefinition> others, DateTimeOffset now)
    {
        var named = WithStructure(WithApproval(WithNames(definition, others, now), definition, now), definition.Spec, now);
        if (named != definition.Status)
        {
            return named;
        }

        var isReady = named.IsTrue(NamesAccepted) && !named.IsTrue(Established) && definition.Metadata.DeletionTimestamp is null;
        return isReady ? named.With(Established, "True", "InitialNamesAccepted", "the initial names have been accepted", now) : null;
    }

    /// <summary>The end of the way.</summary>
    public static CustomResourceDefinitionStatus Last(CustomResourceDefinition definition, IReadOnlyCollection<CustomResourceDefinition> all, DateTimeOffset now)
    {
        while (Next(definition, all, now) is { } status)
        {
            definition = definition with { Status = status };
        }

        return definition.Status;
    }

    /// <summary>The status with a condition: in its place, or at the end when it is new. Its time changes with its status.</summary>
    public static CustomResourceDefinitionStatus With(this CustomResourceDefinitionStatus status, string type, string value, string reason, string message, DateTimeOffset now)
    {
        var old = status.Conditions.FirstOrDefault(condition => condition.Type == type);
        var condition = new CustomResourceDefinitionCondition
        {
            Type = type,
            Status = value,
            Reason = reason,
            Message = message,
            LastTransitionTime = old?.Status == value ? old.LastTransitionTime : now,
        };
        return status with
        {
            Conditions = old is null ? [.. status.Conditions, condition] : [.. status.Conditions.Select(each => each.Type == type ? condition : each)],
        };
    }

    private static CustomResourceDefinitionStatus WithNames(CustomResourceDefinition definition, IEnumerable<CustomResourceDefinition> others, DateTimeOffset now)
    {
        var (wanted, accepted) = (definition.Spec.Names, definition.Status.AcceptedNames);
        var taken = others.Where(other => other.Spec.Group == definition.Spec.Group).Select(static other => other.Status.AcceptedNames).ToList();
        var resources = taken.SelectMany(static names => names.ShortNames.Append(names.Plural).Append(names.Singular)).ToHashSet(StringComparer.Ordinal);
        var kinds = taken.SelectMany(static names => (string[])[names.Kind, names.ListKind]).ToHashSet(StringComparer.Ordinal);
        var names = accepted with { Categories = wanted.Categories };
        (string Reason, string Message)? conflict = null;

        // The last conflict is the one that is told.
        string Take(string name, string own, HashSet<string> used, string reason)
        {
            if (name == own || !used.Contains(name))
            {
                return name;
            }

            conflict = (reason, InUse(name));
            return own;
        }

        names = names with { Plural = Take(wanted.Plural, accepted.Plural, resources, "PluralConflict") };
        names = names with { Singular = Take(wanted.Singular, accepted.Singular, resources, "SingularConflict") };
        var shorts = wanted.ShortNames.Where(name => !accepted.ShortNames.Contains(name) && resources.Contains(name)).Select(InUse).ToList();
        if (shorts.Count == 0)
        {
            names = names with { ShortNames = wanted.ShortNames };
        }
        else
        {
            conflict = ("ShortNamesConflict", shorts.Count == 1 ? shorts[0] : $"[{string.Join(", ", shorts.Distinct(StringComparer.Ordinal))}]");
        }

        names = names with { Kind = Take(wanted.Kind, accepted.Kind, kinds, "KindConflict") };
        names = names with { ListKind = Take(wanted.ListKind, accepted.ListKind, kinds, "ListKindConflict") };
        var status = definition.Status with { AcceptedNames = names };
        status = conflict is { } found
            ? status.With(NamesAccepted, "False", found.Reason, found.Message, now)
            : status.With(NamesAccepted, "True", "NoConflicts", "no conflicts found", now);
        if (status.IsTrue(Established))
        {
            return status;
        }

        return conflict is null
            ? status.With(Established, "False", "Installing", "the initial names have been accepted", now)
            : status.Conditions.Any(static condition => condition.Type == Established) ? status : status.With(Established, "False", "NotAccepted", "not all names are accepted", now);
    }

    private static string InUse(string name) => $"\"{name}\" is already in use";

    /// <summary>Groups of the Kubernetes project need a word about who approved of their API.</summary>
    private static CustomResourceDefinitionStatus WithApproval(CustomResourceDefinitionStatus status, CustomResourceDefinition definition, DateTimeOffset now)
    {
        if (!ApiApproval.IsProtected(definition.Spec.Group))
        {
            return status;
        }

        var (state, message) = ApiApproval.Of(definition.Metadata.Annotations);
        var (value, reason) = state switch
        {
            ApiApprovalState.Approved => ("True", "ApprovedAnnotation"),
            ApiApprovalState.Missing => ("False", "MissingAnnotation"),
            ApiApprovalState.Bypassed => ("False", "UnapprovedAnnotation"),
            _ => ("False", "InvalidAnnotation"),
        };
        return status.With(KubernetesAPIApprovalPolicyConformant, value, reason, message, now);
    }

    /// <summary>Schemas that would be refused today are told of, and no longer once they are good.</summary>
    private static CustomResourceDefinitionStatus WithStructure(CustomResourceDefinitionStatus status, CustomResourceDefinitionSpec spec, DateTimeOffset now) =>
        DefinitionStructure.ProblemOf(spec) is { } problem ? status.With(NonStructuralSchema, "True", problem.Reason, problem.Message, now)
        : status.Conditions.Any(static condition => condition.Type == NonStructuralSchema) ? status with { Conditions = [.. status.Conditions.Where(static condition => condition.Type != NonStructuralSchema)] }
        : status;
}
