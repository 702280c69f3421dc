using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.TopologySelectorTerm", MapType = "atomic")]
public sealed partial record TopologySelectorTerm
{
    /// <summary>Requirements on the labels of nodes, all of which must hold.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<TopologySelectorLabelRequirement> MatchLabelExpressions { get; init; }

    /// <summary>Terms of which one must hold, no two of them the same.</summary>
    internal static void ValidateAll(ApiList<TopologySelectorTerm> terms, FieldPath path, FieldErrors errors)
    {
        // Upstream compares each term with as many empty ones as there are terms, and then with those before it.
        var seen = Enumerable.Repeat(new Dictionary<string, HashSet<string>>(StringComparer.Ordinal), terms.Count).ToList();
        for (var i = 0; i < terms.Count; i++)
        {
            var values = terms[i].Validate(path.Index(i), errors);
            foreach (var _ in seen.Where(other => IsSame(values, other)))
            {
                errors.Duplicate(path.Index(i).Child("matchLabelExpressions"), "");
            }

            seen.Add(values);
        }
    }

    private static bool IsSame(Dictionary<string, HashSet<string>> one, Dictionary<string, HashSet<string>> other) =>
        one.Count == other.Count && one.All(entry => other.TryGetValue(entry.Key, out var values) && values.SetEquals(entry.Value));

    private Dictionary<string, HashSet<string>> Validate(FieldPath path, FieldErrors errors)
    {
        var found = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        for (var i = 0; i < MatchLabelExpressions.Count; i++)
        {
            var (expression, at) = (MatchLabelExpressions[i], path.Child("matchLabelExpressions").Index(i));
            expression.Validate(at, errors);
            if (found.ContainsKey(expression.Key))
            {
                errors.Duplicate(at.Child("key"), expression.Key);
            }

            found[expression.Key] = [.. expression.Values];
        }

        return found;
    }
}

[ApiType("io.k8s.api.core.v1.TopologySelectorLabelRequirement")]
public sealed partial record TopologySelectorLabelRequirement
{
    /// <summary>Name of the label.</summary>
    [Field(1, Required = true, Always = true)]
    public string Key { get; init; } = "";

    /// <summary>Values of which it must have one.</summary>
    [Field(2, Required = true, Always = true, ListType = "atomic")]
    public ApiList<string> Values { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (Values.IsEmpty)
        {
            errors.Required(path.Child("values"));
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Values.Count; i++)
        {
            if (!seen.Add(Values[i]))
            {
                errors.Duplicate(path.Child("values").Index(i), Values[i]);
            }
        }

        LabelValidation.ValidateKey(Key, path.Child("key"), errors);
    }
}
