using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Selectors;

namespace Petrel.ApiServer.Admission.Matching;

/// <summary>What a webhook, policy or binding asks of the requests it applies to.</summary>
/// <param name="NamespaceSelector">Labels of the object's namespace.</param>
/// <param name="ObjectSelector">Labels of the object, before or after the write.</param>
/// <param name="Rules">One of them has to match.</param>
/// <param name="MatchesEquivalents">A rule for another version or group of the same objects matches as well.</param>
internal sealed record MatchCriteria(
    LabelSelectorExpression NamespaceSelector,
    LabelSelectorExpression ObjectSelector,
    IReadOnlyList<IRequestRule> Rules,
    bool MatchesEquivalents)
{
    /// <summary>None of them may match.</summary>
    public IReadOnlyList<IRequestRule> ExcludedRules { get; init; } = [];

    /// <summary>Without rules, every request matches (bindings, which only narrow their policy down).</summary>
    public bool MatchesWithoutRules { get; init; }

    /// <summary>The criteria of a policy or a binding.</summary>
    public static MatchCriteria Of(MatchResources resources, bool matchesWithoutRules) => new(
        LabelSelectorExpression.From(resources.NamespaceSelector),
        LabelSelectorExpression.From(resources.ObjectSelector),
        [.. resources.ResourceRules],
        resources.MatchPolicy == "Equivalent")
    {
        ExcludedRules = [.. resources.ExcludeResourceRules],
        MatchesWithoutRules = matchesWithoutRules,
    };
}
