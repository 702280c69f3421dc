using Petrel.Api.Json;
using Petrel.Api.Validation;

namespace Petrel.ApiServer.Audit;

/// <summary>Reads the fields of an object of the policy strictly: another type, or a name that it does not know, is an error.</summary>
internal sealed class PolicyFields(JsonMap map, FieldPath path)
{
    private readonly HashSet<string> _read = [];

    public FieldPath Path => path;

    /// <summary>Empty when absent.</summary>
    public string Text(string name) => Find(name) switch
    {
        null => "",
        JsonText text => text.Value,
        _ => throw Wrong(name, "a string"),
    };

    public bool? Flag(string name) => Find(name) switch
    {
        null => null,
        JsonBoolean flag => flag.Value,
        _ => throw Wrong(name, "a boolean"),
    };

    public IReadOnlyList<string> Texts(string name) => [.. List(name).Select(item => item is JsonText text ? text.Value : throw Wrong(name, "a list of strings"))];

    public IEnumerable<PolicyFields> Maps(string name) =>
        [.. List(name).Select((item, index) => item is JsonMap value ? new PolicyFields(value, path.Child(name).Index(index)) : throw Wrong(name, "a list of objects"))];

    /// <exception cref="FormatException">There is a field that was not read.</exception>
    public void RefuseOthers(params string[] known)
    {
        if (((IReadOnlyDictionary<string, JsonTree>)map).Keys.FirstOrDefault(name => !_read.Contains(name) && !known.Contains(name)) is { } unknown)
        {
            throw new FormatException($"failed decoding: strict decoding error: unknown field \"{path.Child(unknown)}\"");
        }
    }

    private IEnumerable<JsonTree> List(string name) => Find(name) switch
    {
        null => [],
        JsonList list => list,
        _ => throw Wrong(name, "a list"),
    };

    private JsonTree? Find(string name)
    {
        _read.Add(name);
        return map.Find(name) is { IsNull: false } value ? value : null;
    }

    private FormatException Wrong(string name, string wanted) => new($"failed decoding: {path.Child(name)} must be {wanted}");
}
