using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Data that only those see who may: passwords, keys, tokens.</summary>
[ApiType("io.k8s.api.core.v1.Secret")]
public sealed partial record Secret : ApiObject, IResource<Secret>, IHasDefaults, ISelectable, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("", "v1", "Secret", "secrets")
    {
        Columns = SecretTable.Columns,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The data cannot be changed any more, nor can this.</summary>
    [Field(5)]
    public bool? Immutable { get; init; }

    /// <summary>Bytes by name, as base64. Names consist of letters, digits, '-', '_' and '.'.</summary>
    [Field(2)]
    public ApiMap<Binary> Data { get; init; }

    /// <summary>Texts by name that are put into data; never shown.</summary>
    [Field(4)]
    public ApiMap<string> StringData { get; init; }

    /// <summary>What the data is for, which says what it must contain; Opaque when left out. Cannot be changed.</summary>
    [Field(3)]
    public string Type { get; init; } = "";

    /// <summary>Plain text given as stringData becomes data and is never read back.</summary>
    public ApiObject WithDefaults() => this with
    {
        Type = Type.Length == 0 ? "Opaque" : Type,
        Data = StringData.IsEmpty ? Data : Data.WithRange(StringData.Select(static entry => KeyValuePair.Create(entry.Key, Binary.FromUtf8(entry.Value)))),
        StringData = default,
    };

    public static IReadOnlyList<string> SelectableFields { get; } = ["type"];

    /// <inheritdoc/>
    public string FieldValue(string field) => field == "type" ? Type : "";

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => SecretTable.Cells(this, now);

    private const string AccountNameAnnotation = "kubernetes.io/service-account.name";

    private static readonly string[] TlsKeys = ["tls.crt", "tls.key"];

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        var path = FieldPath.Root.Child("data");
        foreach (var (key, _) in Data)
        {
            errors.InvalidAll(path.Key(key), key, NameFormats.ConfigKey(key));
        }

        if (Data.Values.Sum(static value => (long)value.Length) > ConfigMap.BytesMax)
        {
            errors.TooLong(path, ConfigMap.BytesMax);
        }

        ValidateType(path, errors);
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        var secret = (Secret)old;
        errors.Immutable(FieldPath.Root.Child("type"), Type, secret.Type);
        if (secret.Immutable == true && Immutable != true)
        {
            errors.Forbidden(FieldPath.Root.Child("immutable"), ConfigMap.ImmutableError);
        }

        if (secret.Immutable == true && Data != secret.Data)
        {
            errors.Forbidden(FieldPath.Root.Child("data"), ConfigMap.ImmutableError);
        }

        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
    }

    // The types that Kubernetes knows need certain keys.
    private void ValidateType(FieldPath path, FieldErrors errors)
    {
        switch (Type)
        {
            case "kubernetes.io/service-account-token":
                errors.NotEmpty(FieldPath.Root.Child("metadata", "annotations").Key(AccountNameAnnotation), Metadata.Annotations.GetValueOrDefault(AccountNameAnnotation) ?? "");
                break;
            case "kubernetes.io/dockercfg":
                ValidateJson(".dockercfg", path, errors);
                break;
            case "kubernetes.io/dockerconfigjson":
                ValidateJson(".dockerconfigjson", path, errors);
                break;
            case "kubernetes.io/basic-auth" when !Data.ContainsKey("username") && !Data.ContainsKey("password"):
                errors.Required(path.Key("username"));
                errors.Required(path.Key("password"));
                break;
            case "kubernetes.io/ssh-auth" when !Data.TryGetValue("ssh-privatekey", out var key) || key.Length == 0:
                errors.Required(path.Key("ssh-privatekey"));
                break;
            case "kubernetes.io/tls":
                foreach (var name in TlsKeys.Where(name => !Data.ContainsKey(name)))
                {
                    errors.Required(path.Key(name));
                }

                break;
        }
    }

    private void ValidateJson(string key, FieldPath path, FieldErrors errors)
    {
        if (!Data.TryGetValue(key, out var content))
        {
            errors.Required(path.Key(key));
        }
        else if (EmbeddedJson.Problem(content.Span, EmbeddedJson.Object, "map[string]interface {}") is { } problem)
        {
            errors.Invalid(path.Key(key), "<secret contents redacted>", problem);
        }
    }
}
