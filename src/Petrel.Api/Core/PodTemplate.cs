using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>A pod's description that is kept under a name.</summary>
[ApiType("io.k8s.api.core.v1.PodTemplate")]
public sealed partial record PodTemplate : ApiObject, IResource<PodTemplate>, IHasDefaults, IPrepared, IHasGeneration, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("", "v1", "PodTemplate", "podtemplates")
    {
        Columns = PodTemplateTable.Columns,
        DeleteReturnsObject = true,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What pods made from it look like.</summary>
    [Field(2, Always = true)]
    public PodTemplateSpec Template { get; init; } = PodTemplateSpec.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Template = Template.WithDefaults() };

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => Prepare(null);

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => Prepare(((PodTemplate)old).Template.Spec);

    /// <summary>Only the pod counts, not the template's labels and annotations.</summary>
    public bool SpecEquals(ApiObject other) => other is PodTemplate template && Template.Spec == template.Template.Spec;

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => PodTemplateTable.Cells(this);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Template.Validate(FieldPath.Root.Child("template"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
    }

    private PodTemplate Prepare(PodSpec? old) => this with { Template = Template with { Spec = DisabledFields.Drop(Template.Spec, old) } };
}
