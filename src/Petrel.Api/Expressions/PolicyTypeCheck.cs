using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Resources;
using Petrel.Api.Validation;
using Petrel.Cel.Types;

namespace Petrel.Api.Expressions;

/// <summary>
/// Compiles a policy's validations once more for each kind that it is about, now with the kind's fields: what does not fit is
/// told, but keeps nobody from anything. Kinds behind wildcards are not looked at (KEP-3488, "Type Checking").
/// </summary>
public static class PolicyTypeCheck
{
    /// <summary>Kinds of one rule that are looked at; upstream's bound.</summary>
    private const int KindsMax = 10;

    /// <summary>One warning for each expression that does not fit; nothing when all do.</summary>
    public static ApiList<ExpressionWarning> Check(ValidatingAdmissionPolicySpec spec)
    {
        var kinds = KindsOf(spec).Select(type => (type.Info.GroupVersionKind, Environment: EnvironmentOf(spec, type))).ToList();
        var warnings = new List<ExpressionWarning>();
        void Add(FieldPath path, string expression)
        {
            // What does not compile for any type is refused when the policy is written.
            var texts = kinds
                .Select(kind => (kind.GroupVersionKind, kind.Environment.Environment.Compile(expression).Errors))
                .Where(static result => result.Errors.Length > 0)
                .Select(static result => $"{result.GroupVersionKind.ApiVersion}, Kind={result.GroupVersionKind.Kind}: {result.Errors}\n")
                .ToList();
            if (texts.Count > 0)
            {
                warnings.Add(new ExpressionWarning { FieldRef = path.ToString(), Warning = string.Join('\n', texts) });
            }
        }

        for (var i = 0; i < spec.Validations.Count; i++)
        {
            var (validation, path) = (spec.Validations[i], FieldPath.Root.Child("spec", "validations").Index(i));
            Add(path.Child("expression"), validation.Expression);
            if (validation.MessageExpression.Length > 0)
            {
                Add(path.Child("messageExpression"), validation.MessageExpression);
            }
        }

        return warnings.Count == 0 ? default : [.. warnings];
    }

    private static PolicyExpressions EnvironmentOf(ValidatingAdmissionPolicySpec spec, ResourceType type)
    {
        var param = spec.ParamKind is { } kind
            ? AllResources.List.FirstOrDefault(candidate => candidate.Info.GroupVersionKind == GroupVersionKind.FromApiVersion(kind.ApiVersion, kind.Kind))
            : null;
        var expressions = new PolicyExpressions(spec.ParamKind is not null, SchemaTypes.Of(type.Schema), param is null ? CelType.Dyn : SchemaTypes.Of(param.Schema));
        foreach (var variable in spec.Variables)
        {
            expressions.AddVariable(variable.Name, variable.Expression);
        }

        return expressions;
    }

    private static IEnumerable<ResourceType> KindsOf(ValidatingAdmissionPolicySpec spec) => (spec.MatchConstraints?.ResourceRules ?? default)
        .Where(static rule => !rule.ApiGroups.Concat(rule.ApiVersions).Concat(rule.Resources).Any(static name => name.Contains('*', StringComparison.Ordinal)))
        .SelectMany(static rule => AllResources.List
            .Where(type => rule.ApiGroups.Contains(type.Info.Group) && rule.ApiVersions.Contains(type.Info.Version) && rule.Resources.Contains(type.Info.Resource))
            .OrderBy(static type => type.Info.Group, StringComparer.Ordinal)
            .ThenBy(static type => type.Info.Version, StringComparer.Ordinal)
            .ThenBy(static type => type.Info.Resource, StringComparer.Ordinal)
            .Take(KindsMax))
        .Distinct()
        .OrderBy(static type => type.Info.Group, StringComparer.Ordinal)
        .ThenBy(static type => type.Info.Version, StringComparer.Ordinal)
        .ThenBy(static type => type.Info.Kind, StringComparer.Ordinal);
}
