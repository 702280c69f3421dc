using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>Puts a validating admission policy in force: for which requests, with which parameters and with which consequences.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBinding")]
public sealed partial record ValidatingAdmissionPolicyBinding
    : ApiObject, IResource<ValidatingAdmissionPolicyBinding>, IHasDefaults, IHasGeneration, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings")
    {
        Columns = ValidatingAdmissionPolicyBindingTable.Columns,
        Categories = ["api-extensions"],
        Namespaced = false,
        UnconditionalUpdate = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>Which policy is put in force, and how.</summary>
    [Field(2, Always = true)]
    public ValidatingAdmissionPolicyBindingSpec Spec { get; init; } = ValidatingAdmissionPolicyBindingSpec.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec with { MatchResources = Spec.MatchResources?.WithDefaults() } };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ValidatingAdmissionPolicyBindingTable.Cells(Metadata, Spec.PolicyName, Spec.ParamRef, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(FieldPath.Root.Child("spec"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
    }
}

[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec")]
public sealed partial record ValidatingAdmissionPolicyBindingSpec
{
    private static readonly string[] Actions = ["Audit", "Deny", "Warn"];

    /// <summary>Name of the policy; nothing happens while there is none. Required.</summary>
    [Field(1)]
    public string PolicyName { get; init; } = "";

    /// <summary>The objects that are the policy's params.</summary>
    [Field(2)]
    public ParamRef? ParamRef { get; init; }

    /// <summary>Narrows down the requests that the policy is about.</summary>
    [Field(3)]
    public MatchResources? MatchResources { get; init; }

    /// <summary>What happens to requests that do not meet the policy: Deny, Warn, Audit; not both Deny and Warn. Required.</summary>
    [Field(4, ListType = "set", Enum = ["Audit", "Deny", "Warn"])]
    public ApiList<string> ValidationActions { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        PolicyReference.Validate(PolicyName, ParamRef, MatchResources, path, errors);
        for (var i = 0; i < ValidationActions.Count; i++)
        {
            var (action, place) = (ValidationActions[i], path.Child("validationActions").Index(i));
            if (!Actions.Contains(action))
            {
                errors.NotSupported(place, action, Actions);
            }

            if (ValidationActions.Take(i).Contains(action))
            {
                errors.Duplicate(place, action);
            }
        }

        if (ValidationActions.Contains("Deny") && ValidationActions.Contains("Warn"))
        {
            errors.Invalid(
                path.Child("validationActions"),
                GoSyntax.Strings(ValidationActions, "admissionregistration.ValidationAction"),
                "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)");
        }

        if (ValidationActions.IsEmpty)
        {
            errors.Required(path.Child("validationActions"), "at least one validation action is required");
        }
    }
}
