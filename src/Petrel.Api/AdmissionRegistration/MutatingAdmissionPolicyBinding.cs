using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>Puts a mutating admission policy in force: for which requests and with which parameters.</summary>
[ApiType("io.k8s.api.admissionregistration.v1alpha1.MutatingAdmissionPolicyBinding")]
public sealed partial record MutatingAdmissionPolicyBinding
    : ApiObject, IResource<MutatingAdmissionPolicyBinding>, IHasDefaults, IHasGeneration, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("admissionregistration.k8s.io", "v1alpha1", "MutatingAdmissionPolicyBinding", "mutatingadmissionpolicybindings")
    {
        Columns = ValidatingAdmissionPolicyBindingTable.Columns,
        Categories = ["api-extensions"],
        Namespaced = false,
        UnconditionalUpdate = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>Which policy is put in force, and how.</summary>
    [Field(2, Always = true)]
    public MutatingAdmissionPolicyBindingSpec Spec { get; init; } = MutatingAdmissionPolicyBindingSpec.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec with { MatchResources = Spec.MatchResources?.WithDefaults() } };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ValidatingAdmissionPolicyBindingTable.Cells(Metadata, Spec.PolicyName, Spec.ParamRef, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) =>
        PolicyReference.Validate(Spec.PolicyName, Spec.ParamRef, Spec.MatchResources, FieldPath.Root.Child("spec"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
    }
}

[ApiType("io.k8s.api.admissionregistration.v1alpha1.MutatingAdmissionPolicyBindingSpec")]
public sealed partial record MutatingAdmissionPolicyBindingSpec
{
    /// <summary>Name of the policy; nothing happens while there is none. Required.</summary>
    [Field(1)]
    public string PolicyName { get; init; } = "";

    /// <summary>The objects that are the policy's params.</summary>
    [Field(2)]
    public ParamRef? ParamRef { get; init; }

    /// <summary>Narrows down the requests that the policy is about.</summary>
    [Field(3)]
    public MatchResources? MatchResources { get; init; }
}
