using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.KeyToPath")]
public sealed partial record KeyToPath
{
    [Field(1, Required = true, Always = true)]
    public string Key { get; init; } = "";

    [Field(2, Required = true, Always = true)]
    public string Path { get; init; } = "";

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
