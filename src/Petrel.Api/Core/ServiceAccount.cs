using Petrel.Api.Authentication;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>An identity for pods.</summary>
[ApiType("io.k8s.api.core.v1.ServiceAccount")]
public sealed partial record ServiceAccount : ApiObject, IResource<ServiceAccount>, IPrepared, IPrintable, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("", "v1", "ServiceAccount", "serviceaccounts")
    {
        Columns = ServiceAccountTable.Columns,
        DeleteReturnsObject = true,
        ShortNames = ["sa"],
        Subresources =
        [
            new("token", Verbs.Create, new GroupVersionKind("authentication.k8s.io", "v1", "TokenRequest")) { Body = TokenRequest.Schema },
        ],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>Secrets that pods of the account may use. Limits them only if the account's annotations say so.</summary>
    [Field(2, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<ObjectReference> Secrets { get; init; }

    /// <summary>Secrets with credentials of image registries, for pods that name none.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<LocalObjectReference> ImagePullSecrets { get; init; }

    /// <summary>Whether pods get the account's token; they may say otherwise.</summary>
    [Field(4)]
    public bool? AutomountServiceAccountToken { get; init; }

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => WithSecretNames();

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => WithSecretNames();

    // Secrets are of the account's namespace: only their names count.
    private ServiceAccount WithSecretNames() => this with { Secrets = Secrets.ConvertAll(static secret => new ObjectReference { Name = secret.Name }) };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ServiceAccountTable.Cells(this, now);

    /// <summary>Only metadata has rules, which an update repeats.</summary>
    public void ValidateUpdate(ApiObject old, FieldErrors errors) => ObjectMetaValidation.ValidateCreate(this, Info, errors);
}
