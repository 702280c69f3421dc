using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Settings for pods to read.</summary>
[ApiType("io.k8s.api.core.v1.ConfigMap")]
public sealed partial record ConfigMap : ApiObject, IResource<ConfigMap>, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("", "v1", "ConfigMap", "configmaps")
    {
        Columns = ConfigMapTable.Columns,
        ShortNames = ["cm"],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The data cannot be changed any more, nor can this.</summary>
    [Field(4)]
    public bool? Immutable { get; init; }

    /// <summary>Texts by name. Names consist of letters, digits, '-', '_' and '.'.</summary>
    [Field(2)]
    public ApiMap<string> Data { get; init; }

    /// <summary>Bytes by name; names must not be in data.</summary>
    [Field(3)]
    public ApiMap<Binary> BinaryData { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ConfigMapTable.Cells(this, now);

    /// <summary>Bytes of all values together.</summary>
    internal const int BytesMax = 1024 * 1024;

    internal const string ImmutableError = "field is immutable when `immutable` is set";

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        long bytes = 0;
        foreach (var (key, value) in Data)
        {
            var path = FieldPath.Root.Child("data").Key(key);
            errors.InvalidAll(path, key, NameFormats.ConfigKey(key));
            if (BinaryData.ContainsKey(key))
            {
                errors.Invalid(path, key, "duplicate of key present in binaryData");
            }

            bytes += NameFormats.Bytes(value);
        }

        foreach (var (key, value) in BinaryData)
        {
            errors.InvalidAll(FieldPath.Root.Child("binaryData").Key(key), key, NameFormats.ConfigKey(key));
            bytes += value.Length;
        }

        if (bytes > BytesMax)
        {
            errors.TooLong(FieldPath.Root, BytesMax);
        }
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        var map = (ConfigMap)old;
        if (map.Immutable == true)
        {
            foreach (var (isSame, field) in new[] { (Immutable == true, "immutable"), (Data == map.Data, "data"), (BinaryData == map.BinaryData, "binaryData") })
            {
                if (!isSame)
                {
                    errors.Forbidden(FieldPath.Root.Child(field), ImmutableError);
                }
            }
        }

        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
    }
}
