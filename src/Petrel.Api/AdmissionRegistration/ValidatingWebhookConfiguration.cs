using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>Webhooks that are asked whether requests may pass.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ValidatingWebhookConfiguration")]
public sealed partial record ValidatingWebhookConfiguration
    : ApiObject, IResource<ValidatingWebhookConfiguration>, IHasDefaults, IHasGeneration, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("admissionregistration.k8s.io", "v1", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations")
    {
        Columns = WebhookConfigurationTable.Columns,
        Categories = ["api-extensions"],
        Namespaced = false,
        UnconditionalUpdate = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>All are asked at the same time; one that refuses is enough.</summary>
    [Field(2, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<ValidatingWebhook> Webhooks { get; init; }

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Webhooks = Webhooks.ConvertAll(static webhook => webhook.WithDefaults()) };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => WebhookConfigurationTable.Cells(this, Webhooks.Count, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => WebhookValidation.Validate(Webhooks, default, errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        WebhookValidation.Validate(Webhooks, WebhookValidation.AllowedBy(((ValidatingWebhookConfiguration)old).Webhooks, Webhooks), errors);
    }
}
