using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeSelectorRequirement")]
public sealed partial record NodeSelectorRequirement
{
    /// <summary>Name of the label or field.</summary>
    [Field(1, Required = true, Always = true)]
    public string Key { get; init; } = "";

    /// <summary>In, NotIn, Exists, DoesNotExist, Gt or Lt.</summary>
    [Field(2, Required = true, Always = true, Enum = ["DoesNotExist", "Exists", "Gt", "In", "Lt", "NotIn"])]
    public string Operator { get; init; } = "";

    /// <summary>What it is compared with; one integer for Gt and Lt, nothing for Exists and DoesNotExist.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<string> Values { get; init; }

    private const string OperatorError = "not a valid selector operator";

    /// <summary>A requirement on a label of the node.</summary>
    internal void ValidateLabel(FieldPath path, FieldErrors errors)
    {
        switch (Operator)
        {
            case "In" or "NotIn" when Values.IsEmpty:
                errors.Required(path.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist" when !Values.IsEmpty:
                errors.Forbidden(path.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            case "Gt" or "Lt" when Values.Count != 1:
                errors.Required(path.Child("values"), "must be specified single value when `operator` is 'Lt' or 'Gt'");
                break;
            case not ("In" or "NotIn" or "Exists" or "DoesNotExist" or "Gt" or "Lt"):
                errors.Invalid(path.Child("operator"), Operator, OperatorError);
                break;
        }

        LabelValidation.ValidateKey(Key, path.Child("key"), errors);
        for (var i = 0; i < Values.Count; i++)
        {
            errors.InvalidAll(path.Child("values").Index(i), Values[i], NameFormats.LabelValue(Values[i]));
        }
    }

    /// <summary>A requirement on a field of the node, which can only be its name.</summary>
    internal void ValidateField(FieldPath path, FieldErrors errors)
    {
        if (Operator is not ("In" or "NotIn"))
        {
            errors.Invalid(path.Child("operator"), Operator, OperatorError);
        }
        else if (Values.Count != 1)
        {
            errors.Required(path.Child("values"), "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        }

        if (Key != "metadata.name")
        {
            errors.Invalid(path.Child("key"), Key, "not a valid field selector key");
            return;
        }

        for (var i = 0; i < Values.Count; i++)
        {
            errors.DnsSubdomain(path.Child("values").Index(i), Values[i]);
        }
    }
}
