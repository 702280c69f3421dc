using System.Text.RegularExpressions;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Condition")]
public sealed partial record Condition
{
    /// <summary>What the condition is about, in CamelCase.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    [Field(2, Required = true, Always = true)]
    public string Status { get; init; } = "";

    /// <summary>Generation of the spec that the condition reflects.</summary>
    [Field(3)]
    public long ObservedGeneration { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(4, Required = true, Always = true)]
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(5, Required = true, Always = true)]
    public string Reason { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(6, Required = true, Always = true)]
    public string Message { get; init; } = "";

    private const int ReasonBytesMax = 1024;

    private const int MessageBytesMax = 32 * 1024;

    private const string ReasonError =
        "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an "
        + "alphanumeric character or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  or 'ReasonA:ReasonB', regex used for validation is "
        + "'[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?')";

    /// <summary>One entry for each type, each of them complete.</summary>
    internal static void ValidateAll(ApiList<Condition> conditions, FieldPath path, FieldErrors errors)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < conditions.Count; i++)
        {
            if (!types.Add(conditions[i].Type))
            {
                errors.Duplicate(path.Index(i).Child("type"), conditions[i].Type);
            }

            conditions[i].Validate(path.Index(i), errors);
        }
    }

    private void Validate(FieldPath path, FieldErrors errors)
    {
        errors.QualifiedName(path.Child("type"), Type);
        errors.OneOf(path.Child("status"), Status, "False", "True", "Unknown");
        if (ObservedGeneration < 0)
        {
            errors.Invalid(path.Child("observedGeneration"), ObservedGeneration, "must be greater than or equal to zero");
        }

        if (LastTransitionTime is null)
        {
            errors.Required(path.Child("lastTransitionTime"), "must be set");
        }

        if (errors.NotEmpty(path.Child("reason"), Reason, "must be set"))
        {
            if (!ReasonFormat().IsMatch(Reason))
            {
                errors.Invalid(path.Child("reason"), Reason, ReasonError);
            }

            if (NameFormats.Bytes(Reason) > ReasonBytesMax)
            {
                errors.TooLong(path.Child("reason"), ReasonBytesMax);
            }
        }

        if (NameFormats.Bytes(Message) > MessageBytesMax)
        {
            errors.TooLong(path.Child("message"), MessageBytesMax);
        }
    }

    [GeneratedRegex(@"\A[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReasonFormat();
}
