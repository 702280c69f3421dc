using Petrel.Api.Schema;

namespace Petrel.Api.Tests.Schema;

/// <summary>Every field that a client can set or see says what it is: that is what <c>kubectl explain</c> shows.</summary>
public class DescriptionTests
{
    [Fact]
    public void Every_field_has_a_description()
    {
        var silent = Types().SelectMany(type => type.Fields.Where(field => field.Description.Length == 0).Select(field => $"{type.Name}.{field.Name}"));

        // Upstream's have no words either, and references with words take another form in OpenAPI.
        const string Schema = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps.";
        Assert.Equal(
            [
                "io.k8s.api.networking.v1.IngressRule.http",
                Schema + "additionalItems",
                Schema + "additionalProperties",
                Schema + "example",
                Schema + "externalDocs",
                Schema + "items",
                Schema + "not",
            ],
            silent.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_has_a_description() => Assert.Empty(AllResources.List.Where(type => type.Schema.Description.Length == 0).Select(type => type.Info.Kind));

    private static List<TypeSchema> Types()
    {
        var known = new HashSet<string>();
        var types = new List<TypeSchema>();
        var pending = new Queue<TypeSchema>(AllResources.List.SelectMany(type => type.Info.Subresources
            .SelectMany(subresource => new[] { subresource.Body, subresource.Options })
            .OfType<TypeSchema>()
            .Append(type.Schema)));
        while (pending.TryDequeue(out var type))
        {
            if (!known.Add(type.Name))
            {
                continue;
            }

            types.Add(type);
            foreach (var element in type.Fields.Select(field => field.Element).OfType<TypeSchema>())
            {
                pending.Enqueue(element);
            }
        }

        return types;
    }
}
