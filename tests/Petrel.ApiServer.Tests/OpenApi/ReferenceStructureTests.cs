using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Petrel.Api;
using Petrel.ApiServer.Pki;
using Xunit;

namespace Petrel.ApiServer.Tests.OpenApi;

/// <summary>For every declared kind the documents have the structure that those of a real v1.33 have.</summary>
public sealed class ReferenceStructureTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _client = TestServer.Client(await _server.ListenAsync(), TestServer.Pki.Authority.IssueAdmin());
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [ReferenceFact]
    public async Task V3_documents_have_the_structure_of_a_real_servers()
    {
        var differences = new StructuralDifferences();
        foreach (var name in (await GetAsync("/openapi/v3"))["paths"]!.AsObject().Select(each => each.Key))
        {
            var got = await GetAsync("/openapi/v3/" + name);
            if (ReferenceDocuments.V3(name) is { } want)
            {
                CompareDocuments(differences, want, got, "schemas", document => document["components"]!.AsObject());
            }
            else if (name != ".well-known/openid-configuration")
            {
                differences.Add($"{name}: a real server has no such document");
            }
        }

        Assert.True(differences.Found.Count == 0, string.Join('\n', differences.Found));
    }

    [ReferenceFact]
    public async Task The_v2_document_has_the_structure_of_a_real_servers()
    {
        var differences = new StructuralDifferences();
        CompareDocuments(differences, Resolved(ReferenceDocuments.V2()), Resolved(await GetAsync("/openapi/v2")), "definitions", document => document);
        Assert.True(differences.Found.Count == 0, string.Join('\n', differences.Found));
    }

    /// <summary>The words are our own: none of the sentences is the reference's.</summary>
    [ReferenceFact]
    public async Task Descriptions_are_not_copied()
    {
        var theirs = Descriptions(ReferenceDocuments.V2()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain(Descriptions(await GetAsync("/openapi/v2")), description => description.Contains(' ', StringComparison.Ordinal) && theirs.Contains(description));
    }

    private static IEnumerable<string> Descriptions(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(each => each is { Key: "description", Value: JsonValue text } ? [text.ToString()] : Descriptions(each.Value)),
        JsonArray list => list.SelectMany(Descriptions),
        _ => [],
    };

    private async Task<JsonObject> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("application/json") } } };
        using var answer = await _client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }

    private static void CompareDocuments(StructuralDifferences differences, JsonObject want, JsonObject got, string definitions, Func<JsonObject, JsonObject> home)
    {
        // All that we describe must be as it is there.
        CompareMembers(differences, "paths", want["paths"]!.AsObject(), got["paths"]!.AsObject());
        CompareMembers(differences, definitions, home(want)[definitions]?.AsObject() ?? [], home(got)[definitions]?.AsObject() ?? []);
        foreach (var (name, value) in want.Where(each => each.Key is not ("paths" or "definitions" or "components" or "parameters")))
        {
            differences.Compare(name, value, got[name]);
        }

        // All that is there of what we declare must be described.
        var described = got["paths"]!.AsObject();
        foreach (var path in want["paths"]!.AsObject().Select(each => each.Key).Where(path => IsDeclared(path) && !described.ContainsKey(path)))
        {
            differences.Add(path + ": missing");
        }
    }

    private static void CompareMembers(StructuralDifferences differences, string place, JsonObject want, JsonObject got)
    {
        foreach (var (name, value) in got)
        {
            if (want[name] is { } expected)
            {
                differences.Compare($"{place}.{name}", expected, value);
            }
            else
            {
                differences.Add($"{place}.{name}: a real server has none");
            }
        }
    }

    private static bool IsDeclared(string path) => AllResources.List.Any(type =>
    {
        var root = type.Info.Group.Length == 0 ? "/api/" + type.Info.Version : $"/apis/{type.Info.Group}/{type.Info.Version}";
        var scope = type.Info.Namespaced ? "/namespaces/{namespace}" : "";
        return new[] { root, root + "/watch" }.SelectMany(place => new[] { place, place + scope })
            .Any(place => path == $"{place}/{type.Info.Resource}" || path.StartsWith($"{place}/{type.Info.Resource}/{{name}}", StringComparison.Ordinal));
    });

    /// <summary>The document with its shared parameters put where they are referred to.</summary>
    private static JsonObject Resolved(JsonObject document)
    {
        var shared = document["parameters"]?.AsObject() ?? [];
        foreach (var holder in document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(each => each.Value).OfType<JsonObject>().Append(path.Value!.AsObject())))
        {
            if (holder["parameters"] is not JsonArray parameters)
            {
                continue;
            }

            holder["parameters"] = new JsonArray([.. parameters.Select(parameter => (string?)parameter!["$ref"] is { } reference
                ? shared[reference.Split('/')[^1]]!.DeepClone()
                : parameter.DeepClone())]);
        }

        return document;
    }
}
