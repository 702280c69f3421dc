using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1beta2.DeviceTaint")]
public sealed partial record DeviceTaint
{
    /// <summary>Key, which is a label's.</summary>
    [Field(1, Required = true, Always = true)]
    public string Key { get; init; } = "";

    /// <summary>Value, which is a label's.</summary>
    [Field(2)]
    public string Value { get; init; } = "";

    /// <summary>What becomes of claims that do not tolerate it: NoSchedule or NoExecute.</summary>
    [Field(3, Required = true, Always = true, Enum = ["NoExecute", "NoSchedule"])]
    public string Effect { get; init; } = "";

    /// <summary>Since when; the server's time of the write when left out.</summary>
    [Field(4)]
    public DateTimeOffset? TimeAdded { get; init; }

    internal static string[] Effects { get; } = ["NoExecute", "NoSchedule"];

    /// <summary>Encoded times have no fractions of seconds.</summary>
    internal DeviceTaint WithTime(DateTimeOffset now) => TimeAdded is not null ? this : this with { TimeAdded = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()) };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        LabelValidation.ValidateKey(Key, path.Child("key"), errors);
        errors.InvalidAll(path.Child("value"), Value, NameFormats.LabelValue(Value));
        if (errors.NotEmpty(path.Child("effect"), Effect))
        {
            errors.OneOf(path.Child("effect"), Effect, Effects);
        }
    }
}
