using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.DownwardAPIVolumeFile")]
public sealed partial record DownwardAPIVolumeFile
{
    /// <summary>File to write, relative to the volume; without '..'.</summary>
    [Field(1, Required = true, Always = true)]
    public string Path { get; init; } = "";

    /// <summary>Field of the pod that it shows.</summary>
    [Field(2)]
    public ObjectFieldSelector? FieldRef { get; init; }

    /// <summary>Resource of a container that it shows.</summary>
    [Field(3)]
    public ResourceFieldSelector? ResourceFieldRef { get; init; }

    /// <summary>Permission bits of the file; the volume's default when left out.</summary>
    [Field(4)]
    public int? Mode { get; init; }

    internal DownwardAPIVolumeFile WithDefaults() => this with { FieldRef = FieldRef?.WithDefaults() };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("path"), Path);
        errors.PathBelowNotReserved(path.Child("path"), Path);
        if (FieldRef is not null)
        {
            FieldRef.Validate(ObjectFieldSelector.VolumeFields, path.Child("fieldRef"), errors);
            if (ResourceFieldRef is not null)
            {
                errors.Invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
            }
        }
        else if (ResourceFieldRef is not null)
        {
            ResourceFieldRef.Validate(isInVolume: true, path.Child("resourceFieldRef"), errors);
        }
        else
        {
            errors.Required(path, "one of fieldRef and resourceFieldRef is required");
        }

        errors.FileMode(path.Child("mode"), Mode);
    }
}
