using System.Globalization;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Apps;

/// <summary>A past state of an object, kept so that it can be gone back to.</summary>
[ApiType("io.k8s.api.apps.v1.ControllerRevision")]
public sealed partial record ControllerRevision : ApiObject, IResource<ControllerRevision>, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("apps", "v1", "ControllerRevision", "controllerrevisions")
    {
        Columns = ControllerRevisionTable.Columns,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The state; any object. Cannot be changed.</summary>
    [Field(2)]
    public RawJson? Data { get; init; }

    /// <summary>Which of the states it is; higher numbers are newer.</summary>
    [Field(3, Required = true, Always = true)]
    public long Revision { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ControllerRevisionTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        if (Data is null || Data.IsNull)
        {
            errors.Required(FieldPath.Root.Child("data"), "data is mandatory");
        }

        errors.NonNegative(FieldPath.Root.Child("revision"), Revision);
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        errors.NonNegative(FieldPath.Root.Child("revision"), Revision);
        if (!Equals(Data, ((ControllerRevision)old).Data))
        {
            errors.Invalid(FieldPath.Root.Child("data"), GoText(Data), "field is immutable");
        }
    }

    private static Verbatim GoText(RawJson? data)
    {
        var bytes = data is null
            ? "[]uint8(nil)"
            : $"[]uint8{{{string.Join(", ", data.Memory.ToArray().Select(static each => "0x" + each.ToString("x", CultureInfo.InvariantCulture)))}}}";
        return new($"runtime.RawExtension{{Raw:{bytes}, Object:runtime.Object(nil)}}");
    }
}
