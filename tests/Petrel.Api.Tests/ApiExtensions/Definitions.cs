using System.Text;
using Petrel.Api.ApiExtensions;
using Petrel.Api.Json;
using Petrel.Api.Validation;

namespace Petrel.Api.Tests.ApiExtensions;

/// <summary>Definitions to try rules with: a good one of which a test changes a part.</summary>
internal static class Definitions
{
    /// <summary>The path of the only schema, as errors show it.</summary>
    public const string SchemaPath = "spec.validation.openAPIV3Schema";

    /// <summary>A definition whose only version has the schema.</summary>
    public static CustomResourceDefinition WithSchema(string schema) =>
        Of("""{"group":"example.com","scope":"Namespaced","names":{"plural":"widgets","kind":"Widget"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":@}}]}""".Replace("@", schema, StringComparison.Ordinal));

    /// <summary>A definition whose spec has one field f with the schema.</summary>
    public static CustomResourceDefinition WithField(string schema) =>
        WithSchema("""{"type":"object","properties":{"f":@}}""".Replace("@", schema, StringComparison.Ordinal));

    /// <summary>A definition as the server sees it when it is created.</summary>
    public static CustomResourceDefinition Of(string spec, string name = "widgets.example.com")
    {
        var problems = new DecodeProblems();
        var json = "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":" + spec + "}";
        var definition = JsonDecoder.Decode<CustomResourceDefinition>(Encoding.UTF8.GetBytes(json), problems);
        Assert.Null(problems.TypeError);
        return (CustomResourceDefinition)((CustomResourceDefinition)definition.WithDefaults()).PrepareForCreate();
    }

    /// <summary>What is wrong with a new definition, a line for each cause.</summary>
    public static string Problems(CustomResourceDefinition definition)
    {
        var errors = new FieldErrors();
        definition.Validate(errors);
        return string.Join('\n', errors.Errors);
    }

    /// <summary>What is wrong with an update, a line for each cause.</summary>
    public static string Problems(CustomResourceDefinition definition, CustomResourceDefinition old)
    {
        var errors = new FieldErrors();
        ((CustomResourceDefinition)definition.PrepareForUpdate(old)).ValidateUpdate(old, errors);
        return string.Join('\n', errors.Errors);
    }
}
