using Petrel.Api.Validation;

namespace Petrel.Api.FlowControl;

/// <summary>What the lists of flow schema rules have in common: a star alone stands for everything.</summary>
internal static class RuleVerbs
{
    public const string All = "*";

    private static readonly string[] Supported = ["create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"];

    public static void Validate(ApiList<string> verbs, FieldPath path, FieldErrors errors)
    {
        ValidateAllOrSome(verbs, path, "verbs must contain at least one value", "verbs", errors);
        if (!verbs.Contains(All) && verbs.Any(static verb => !Supported.Contains(verb)))
        {
            errors.NotSupported(path, verbs, Supported);
        }
    }

    /// <param name="whenEmpty">What to say of an empty list.</param>
    /// <param name="items">What the items are, in the plural.</param>
    public static void ValidateAllOrSome(ApiList<string> list, FieldPath path, string whenEmpty, string items, FieldErrors errors)
    {
        if (list.IsEmpty)
        {
            errors.Required(path, whenEmpty);
        }
        else if (list.Count > 1 && list.Contains(All))
        {
            errors.Invalid(path, list, "if '*' is present, must not specify other " + items);
        }
    }
}
