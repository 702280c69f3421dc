using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ObjectFieldSelector", MapType = "atomic")]
public sealed partial record ObjectFieldSelector
{
    /// <summary>Version in which the path is meant; v1 when left out.</summary>
    [Field(1)]
    public string ApiVersion { get; init; } = "";

    /// <summary>Path of the field.</summary>
    [Field(2, Required = true, Always = true)]
    public string FieldPath { get; init; } = "";

    internal ObjectFieldSelector WithDefaults() => ApiVersion.Length == 0 ? this with { ApiVersion = "v1" } : this;

    /// <summary>Fields of a pod that files may show.</summary>
    internal static readonly string[] VolumeFields =
        ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

    /// <summary>Fields of a pod that environment variables may show.</summary>
    internal static readonly string[] EnvironmentFields =
    [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs",
        "status.podIP", "status.podIPs",
    ];

    private static readonly string[] KnownFields =
    [
        "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.restartPolicy",
        "spec.serviceAccountName", "spec.schedulerName", "status.phase", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs", "spec.host",
    ];

    internal void Validate(string[] allowed, FieldPath path, FieldErrors errors)
    {
        if (!errors.NotEmpty(path.Child("apiVersion"), ApiVersion) || !errors.NotEmpty(path.Child("fieldPath"), FieldPath))
        {
            return;
        }

        var (field, key) = Split(FieldPath);
        if (Problem(field, key) is { } problem)
        {
            errors.Invalid(path.Child("fieldPath"), FieldPath, "error converting fieldPath: " + problem);
        }
        else if (key is not null)
        {
            errors.InvalidAll(path, key, NameFormats.QualifiedName(field == "metadata.annotations" ? key.ToLowerInvariant() : key));
        }
        else if ((field == "spec.host" ? "spec.nodeName" : field) is var name && !allowed.Contains(name))
        {
            errors.NotSupported(path.Child("fieldPath"), name, allowed);
        }
    }

    private string? Problem(string field, string? key)
    {
        if (ApiVersion != "v1")
        {
            return "unsupported pod version: " + ApiVersion;
        }

        if (key is not null)
        {
            return field is "metadata.annotations" or "metadata.labels" ? null : "field label does not support subscript: " + FieldPath;
        }

        return KnownFields.Contains(field) ? null : "field label not supported: " + FieldPath;
    }

    // metadata.labels['key'] is the field metadata.labels and the key.
    private static (string Field, string? Key) Split(string text)
    {
        var bracket = text.IndexOf("['", StringComparison.Ordinal);
        return bracket > 0 && text.EndsWith("']", StringComparison.Ordinal) && text.Length >= bracket + 4
            ? (text[..bracket], text[(bracket + 2)..^2])
            : (text, null);
    }
}
