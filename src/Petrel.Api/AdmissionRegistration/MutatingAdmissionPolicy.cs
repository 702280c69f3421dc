using Petrel.Api.Expressions;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>Changes, written in CEL, that are made to objects where a binding puts the policy in force (KEP-3962).</summary>
[ApiType("io.k8s.api.admissionregistration.v1alpha1.MutatingAdmissionPolicy")]
public sealed partial record MutatingAdmissionPolicy
    : ApiObject, IResource<MutatingAdmissionPolicy>, IHasDefaults, IHasGeneration, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("admissionregistration.k8s.io", "v1alpha1", "MutatingAdmissionPolicy", "mutatingadmissionpolicies")
    {
        Columns = MutatingAdmissionPolicyTable.Columns,
        Categories = ["api-extensions"],
        Namespaced = false,
        UnconditionalUpdate = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What the policy changes in which requests.</summary>
    [Field(2, Always = true)]
    public MutatingAdmissionPolicySpec Spec { get; init; } = MutatingAdmissionPolicySpec.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec.WithDefaults() };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => MutatingAdmissionPolicyTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(null, FieldPath.Root.Child("spec"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Spec.Validate(((MutatingAdmissionPolicy)old).Spec, FieldPath.Root.Child("spec"), errors);
    }
}

[ApiType("io.k8s.api.admissionregistration.v1alpha1.MutatingAdmissionPolicySpec")]
public sealed partial record MutatingAdmissionPolicySpec
{
    /// <summary>Kind of the objects that bindings give to the expressions as params; the policy has no params without.</summary>
    [Field(1)]
    public ParamKind? ParamKind { get; init; }

    /// <summary>The requests that the policy is about. Required.</summary>
    [Field(2)]
    public MatchResources? MatchConstraints { get; init; }

    /// <summary>Named expressions for the others to use.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<Variable> Variables { get; init; }

    /// <summary>The changes, made one after the other; each sees what those before it have made.</summary>
    [Field(4, ListType = "atomic")]
    public ApiList<Mutation> Mutations { get; init; }

    /// <summary>Fail (the default) or Ignore: whether requests are refused when the policy itself cannot be evaluated.</summary>
    [Field(5)]
    public string? FailurePolicy { get; init; }

    /// <summary>Further conditions on the requests that the policy is about, 64 at most.</summary>
    [Field(6, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<MatchCondition> MatchConditions { get; init; }

    /// <summary>Never, or IfNeeded: the policy is asked again when others change the object after it. Required.</summary>
    [Field(7)]
    public string ReinvocationPolicy { get; init; } = "";

    internal MutatingAdmissionPolicySpec WithDefaults() => this with { FailurePolicy = FailurePolicy ?? "Fail", MatchConstraints = MatchConstraints?.WithDefaults() };

    internal void Validate(MutatingAdmissionPolicySpec? old, FieldPath path, FieldErrors errors)
    {
        ValidatingAdmissionPolicyValidation.ValidateFailurePolicy(FailurePolicy, path.Child("failurePolicy"), errors);
        ParamKind?.Validate(path.Child("paramKind"), errors);
        ValidatingAdmissionPolicyValidation.ValidateConstraints(MatchConstraints, path.Child("matchConstraints"), errors);
        if (old is null || old.MatchConditions != MatchConditions || old.ParamKind != ParamKind)
        {
            MatchConditionValidation.Validate(MatchConditions, ParamKind is not null, path.Child("matchConditions"), errors);
        }

        var expressions = new PolicyExpressions(ParamKind is not null);
        ValidatingAdmissionPolicyValidation.ValidateVariables(Variables, expressions, path.Child("variables"), errors);
        if (Mutations.IsEmpty)
        {
            errors.Required(path.Child("mutations"), "mutations must contain at least one item");
        }

        for (var i = 0; i < Mutations.Count; i++)
        {
            Mutations[i].Validate(expressions, path.Child("mutations").Index(i), errors);
        }

        if (errors.NotEmpty(path.Child("reinvocationPolicy"), ReinvocationPolicy))
        {
            errors.OneOf(path.Child("reinvocationPolicy"), ReinvocationPolicy, "IfNeeded", "Never");
        }
    }
}
