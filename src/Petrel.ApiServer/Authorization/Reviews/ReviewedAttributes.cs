using Petrel.Api.Authorization;
using Petrel.Api.Selectors;
using Petrel.ApiServer.Authentication;

namespace Petrel.ApiServer.Authorization.Reviews;

/// <summary>The question that a review asks, and what of it could not be understood.</summary>
internal readonly record struct ReviewedAttributes(AuthorizationAttributes Attributes, string Error)
{
    public static ReviewedAttributes Of(UserInfo user, ResourceAttributes? resource, NonResourceAttributes? nonResource)
    {
        if (resource is null)
        {
            return new(new AuthorizationAttributes(user, nonResource?.Verb ?? "") { Path = nonResource?.Path ?? "" }, "");
        }

        var errors = new List<string>();
        var attributes = new AuthorizationAttributes(user, resource.Verb)
        {
            IsResource = true,
            Namespace = resource.Namespace,
            Group = resource.Group,
            Version = resource.Version,
            Resource = resource.Resource,
            Subresource = resource.Subresource,
            Name = resource.Name,
            FieldSelector = FieldsOf(resource.FieldSelector, errors),
        };
        CheckLabels(resource.LabelSelector, errors);
        return new(attributes, errors.Count switch { 0 => "", 1 => errors[0], _ => $"[{string.Join(", ", errors)}]" });
    }

    private static FieldSelectorExpression FieldsOf(FieldSelectorAttributes? selector, List<string> errors)
    {
        if (selector is null)
        {
            return FieldSelectorExpression.Everything;
        }

        if (selector.RawSelector.Length > 0)
        {
            Note(errors, "fieldSelector", FieldSelectorExpression.TryParse(selector.RawSelector, out var parsed, out _) ? 0 : 1, kept: 0);
            return parsed ?? FieldSelectorExpression.Everything;
        }

        // Field selectors know only the comparison with one value.
        var understood = selector.Requirements.RemoveAll(static term => term.Operator is not ("In" or "NotIn") || term.Values.Count != 1);
        Note(errors, "fieldSelector", selector.Requirements.Count - understood.Count, understood.Count);
        // Authorizers look for what must be, not for what must not be.
        return understood.Where(static term => term.Operator == "In")
            .Aggregate(FieldSelectorExpression.Everything, static (fields, term) => fields.And(term.Key, term.Values[0]));
    }

    // No authorizer looks at labels, but what cannot be understood is told.
    private static void CheckLabels(LabelSelectorAttributes? selector, List<string> errors)
    {
        if (selector is { RawSelector.Length: > 0 })
        {
            Note(errors, "labelSelector", LabelSelectorExpression.TryParse(selector.RawSelector, out _, out _) ? 0 : 1, kept: 0);
        }
        else if (selector is not null)
        {
            var dropped = selector.Requirements.Count(static term => term.Operator is not ("In" or "NotIn" or "Exists" or "DoesNotExist"));
            Note(errors, "labelSelector", dropped, selector.Requirements.Count - dropped);
        }
    }

    private static void Note(List<string> errors, string field, int dropped, int kept)
    {
        if (dropped > 0)
        {
            errors.Add($"spec.resourceAttributes.{field} {(kept > 0 ? "partially " : "")}ignored due to parse error");
        }
    }
}
