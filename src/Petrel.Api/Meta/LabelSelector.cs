using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector", MapType = "atomic")]
public sealed partial record LabelSelector
{
    /// <summary>Labels and the values they must have.</summary>
    [Field(1)]
    public ApiMap<string> MatchLabels { get; init; }

    /// <summary>Further requirements; all must hold.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<LabelSelectorRequirement> MatchExpressions { get; init; }

    /// <summary>The selector as the labelSelector parameter of a list states it, e.g. <c>app=web,tier in (a,b)</c>; empty when it selects all.</summary>
    public string ToSelectorText()
    {
        var terms = MatchLabels.Select(static label => (label.Key, Text: $"{label.Key}={label.Value}"))
            .Concat(MatchExpressions.Select(static expression => (expression.Key, Text: expression.ToSelectorText())));
        return string.Join(",", terms.OrderBy(static term => term.Key, StringComparer.Ordinal).Select(static term => term.Text));
    }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        LabelValidation.ValidateLabels(MatchLabels, path.Child("matchLabels"), errors);
        for (var i = 0; i < MatchExpressions.Count; i++)
        {
            MatchExpressions[i].Validate(path.Child("matchExpressions").Index(i), errors);
        }
    }

    /// <summary>Whether everything it states can be evaluated.</summary>
    internal bool IsValid
    {
        get
        {
            var errors = new FieldErrors();
            Validate(FieldPath.Root, errors);
            return errors.Count == 0;
        }
    }

    /// <summary>Whether it selects an object with these labels. An empty selector selects all.</summary>
    public bool Matches(ApiMap<string> labels) =>
        MatchLabels.All(wanted => labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value)
        && MatchExpressions.All(expression => expression.Matches(labels));
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement")]
public sealed partial record LabelSelectorRequirement
{
    /// <summary>Name of the label.</summary>
    [Field(1, Required = true, Always = true)]
    public string Key { get; init; } = "";

    /// <summary>In, NotIn, Exists or DoesNotExist.</summary>
    [Field(2, Required = true, Always = true)]
    public string Operator { get; init; } = "";

    /// <summary>What it is compared with; nothing for Exists and DoesNotExist.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<string> Values { get; init; }

    internal string ToSelectorText() => Operator switch
    {
        "Exists" => Key,
        "DoesNotExist" => "!" + Key,
        _ => $"{Key} {(Operator == "In" ? "in" : "notin")} ({string.Join(",", Values.Order(StringComparer.Ordinal))})",
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        switch (Operator)
        {
            case "In" or "NotIn" when Values.IsEmpty:
                errors.Required(path.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist" when !Values.IsEmpty:
                errors.Forbidden(path.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            case not ("In" or "NotIn" or "Exists" or "DoesNotExist"):
                errors.Invalid(path.Child("operator"), Operator, "not a valid selector operator");
                break;
        }

        LabelValidation.ValidateKey(Key, path.Child("key"), errors);
        for (var i = 0; i < Values.Count; i++)
        {
            errors.InvalidAll(path.Child("values").Index(i), Values[i], NameFormats.LabelValue(Values[i]));
        }
    }

    internal bool Matches(ApiMap<string> labels)
    {
        var isThere = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            "In" => isThere && Values.Contains(value),
            "NotIn" => !isThere || !Values.Contains(value),
            "Exists" => isThere,
            "DoesNotExist" => !isThere,
            _ => false,
        };
    }
}
