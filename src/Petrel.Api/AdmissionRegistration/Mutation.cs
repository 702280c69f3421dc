using Petrel.Api.Expressions;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>A change that a policy makes.</summary>
[ApiType("io.k8s.api.admissionregistration.v1alpha1.Mutation")]
public sealed partial record Mutation
{
    internal const string ApplyConfigurationType = "ApplyConfiguration";

    internal const string JsonPatchType = "JSONPatch";

    /// <summary>ApplyConfiguration or JSONPatch: which of the two expressions there is.</summary>
    [Field(2, Required = true, Always = true)]
    public string PatchType { get; init; } = "";

    /// <summary>What to lay over the object.</summary>
    [Field(3)]
    public ApplyConfiguration? ApplyConfiguration { get; init; }

    /// <summary>Operations to carry out on the object.</summary>
    [Field(4, Json = "jsonPatch")]
    public JSONPatch? JsonPatch { get; init; }

    /// <summary>The expression that counts.</summary>
    public string Expression => (PatchType == JsonPatchType ? JsonPatch?.Expression : ApplyConfiguration?.Expression) ?? "";

    internal void Validate(PolicyExpressions expressions, FieldPath path, FieldErrors errors)
    {
        switch (PatchType)
        {
            case "":
                errors.Required(path.Child("patchType"));
                break;
            case ApplyConfigurationType when JsonPatch is not null:
                errors.Invalid(path.Child("jsonPatch"), "{jsonPatch}", "must not be specified when patchType is ApplyConfiguration");
                break;
            case ApplyConfigurationType when ApplyConfiguration is null:
                errors.Required(path.Child("applyConfiguration"), "must be specified when patchType is ApplyConfiguration");
                break;
            case ApplyConfigurationType:
                ValidateExpression(expressions, path.Child("applyConfiguration", "expression"), errors);
                break;
            case JsonPatchType when ApplyConfiguration is not null:
                errors.Invalid(path.Child("applyConfiguration"), "{applyConfiguration}", "must not be specified when patchType is JSONPatch");
                break;
            case JsonPatchType when JsonPatch is null:
                errors.Required(path.Child("jsonPatch"), "must be specified when patchType is JSONPatch");
                break;
            case JsonPatchType:
                ValidateExpression(expressions, path.Child("jsonPatch", "expression"), errors);
                break;
            default:
                errors.NotSupported(path.Child("patchType"), PatchType, [ApplyConfigurationType, JsonPatchType]);
                break;
        }
    }

    private void ValidateExpression(PolicyExpressions expressions, FieldPath path, FieldErrors errors)
    {
        if (Expression.Trim().Length == 0)
        {
            errors.Required(path, "expression is not specified");
        }
        else if (MutationExpressions.Compile(expressions, this) is { Program: null } failed)
        {
            errors.Invalid(path, Expression, failed.Error);
        }
    }
}

[ApiType("io.k8s.api.admissionregistration.v1alpha1.ApplyConfiguration")]
public sealed partial record ApplyConfiguration
{
    /// <summary>CEL that gives an Object with the fields to set.</summary>
    [Field(1)]
    public string Expression { get; init; } = "";
}

[ApiType("io.k8s.api.admissionregistration.v1alpha1.JSONPatch")]
public sealed partial record JSONPatch
{
    /// <summary>CEL that gives a list of JSONPatch, each with op, path and what belongs to it (RFC 6902).</summary>
    [Field(1)]
    public string Expression { get; init; } = "";
}
