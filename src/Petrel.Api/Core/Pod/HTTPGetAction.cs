using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.HTTPGetAction")]
public sealed partial record HTTPGetAction
{
    /// <summary>Path to get.</summary>
    [Field(1)]
    public string Path { get; init; } = "";

    /// <summary>Number or name of the port.</summary>
    [Field(2, Required = true, Always = true)]
    public IntOrString Port { get; init; }

    /// <summary>Host to connect to; the pod when left out.</summary>
    [Field(3)]
    public string Host { get; init; } = "";

    /// <summary>HTTP (when left out) or HTTPS, whose certificate is not checked.</summary>
    [Field(4, Enum = ["HTTP", "HTTPS"])]
    public string Scheme { get; init; } = "";

    /// <summary>Headers of the request.</summary>
    [Field(5, ListType = "atomic")]
    public ApiList<HTTPHeader> HttpHeaders { get; init; }

    internal HTTPGetAction WithDefaults() => this with
    {
        Path = Path.Length == 0 ? "/" : Path,
        Scheme = Scheme.Length == 0 ? "HTTP" : Scheme,
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("path"), Path);
        errors.PortOrName(path.Child("port"), Port);
        errors.OneOf(path.Child("scheme"), Scheme, "HTTP", "HTTPS");
        foreach (var header in HttpHeaders)
        {
            errors.InvalidAll(path.Child("httpHeaders"), header.Name, NameFormats.HttpHeader(header.Name));
        }
    }
}
