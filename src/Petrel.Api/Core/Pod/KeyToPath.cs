using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.KeyToPath")]
public sealed partial record KeyToPath
{
    /// <summary>The key.</summary>
    [Field(1, Required = true, Always = true)]
    public string Key { get; init; } = "";

    /// <summary>File to write, relative to the volume; without '..'.</summary>
    [Field(2, Required = true, Always = true)]
    public string Path { get; init; } = "";

    /// <summary>Permission bits of the file; the volume's default when left out.</summary>
    [Field(3)]
    public int? Mode { get; init; }

    internal static void ValidateAll(ApiList<KeyToPath> items, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < items.Count; i++)
        {
            items[i].Validate(path.Index(i), errors);
        }
    }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("key"), Key);
        errors.NotEmpty(path.Child("path"), Path);
        errors.PathBelowNotReserved(path.Child("path"), Path);
        errors.FileMode(path.Child("mode"), Mode);
    }
}
