using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Petrel.ApiServer.Tests.Writes;

/// <summary>
/// Any sequence of patches, updates and applies leaves a config map with the data, and its fields with the owners, that a simple
/// model has. A sequence is a list of numbers, of which each is read as one step, so that a failing one is made short by itself.
/// </summary>
public sealed class PatchModelTests : IAsyncLifetime
{
    private const int Sequences = 150;
    private const int Keys = 4;
    private const int Values = 3;

    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public void Any_sequence_of_changes_equals_the_model()
    {
        var name = 0;
        Prop.ForAll<int[]>(steps => RunAsync($"map-{++name}", steps).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(Sequences));
    }

    private async Task RunAsync(string name, int[] steps)
    {
        var path = Requests.ConfigMaps + "/" + name;
        var model = new Model();
        await _server.Admin.SendAsync("POST", Requests.ConfigMaps, $$$"""{"metadata":{"name":"{{{name}}}"},"data":{"base":"0"}}""");
        foreach (var step in steps.Select(static number => new Step(number)))
        {
            var (code, _) = await SendAsync(path, name, step, model);
            Assert.Equal(step.IsPossible(model) ? 200 : 422, code);
            if (step.IsPossible(model))
            {
                step.Change(model);
            }

            var (_, stored) = await _server.Admin.SendAsync("GET", path);
            Assert.Equal(model.Data, stored["data"]!.AsObject().ToDictionary(static each => each.Key, static each => each.Value!.ToString()));
            Assert.Equal(model.OwnersText(), OwnersText(stored));
        }
    }

    private Task<(int Code, JsonNode Body)> SendAsync(string path, string name, Step step, Model model)
    {
        var (key, value) = (step.Key, step.Value);
        return step.Kind switch
        {
            StepKind.MergeSet => _server.Admin.SendAsync("PATCH", path, $$$"""{"data":{"{{{key}}}":"{{{value}}}"}}""", "application/merge-patch+json"),
            StepKind.MergeRemove => _server.Admin.SendAsync("PATCH", path, $$$"""{"data":{"{{{key}}}":null}}""", "application/merge-patch+json"),
            StepKind.JsonAdd => _server.Admin.SendAsync("PATCH", path, $$"""[{"op":"add","path":"/data/{{key}}","value":"{{value}}"}]""", "application/json-patch+json"),
            StepKind.JsonRemove => _server.Admin.SendAsync("PATCH", path, $$"""[{"op":"add","path":"/data/{{key}}x","value":"x"},{"op":"remove","path":"/data/{{key}}x"},{"op":"remove","path":"/data/{{key}}"}]""", "application/json-patch+json"),
            StepKind.StrategicReplace => _server.Admin.SendAsync("PATCH", path, $$$"""{"data":{"$patch":"replace","base":"0","{{{key}}}":"{{{value}}}"}}""", "application/strategic-merge-patch+json"),
            StepKind.Update => _server.Admin.SendAsync("PUT", path, new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = name },
                ["data"] = new JsonObject([.. model.With(key, value).Select(static each => KeyValuePair.Create(each.Key, (JsonNode?)each.Value))]),
            }.ToJsonString()),
            _ => _server.Admin.ApplyAsync(
                $"{path}?fieldManager={step.Manager}&force=true", $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}"},"data":{"{{{key}}}":"{{{value}}}"}}"""),
        };
    }

    // Key by key, the managers that own it.
    private static string OwnersText(JsonNode stored)
    {
        var owners = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var entry in stored["metadata"]!["managedFields"]!.AsArray())
        {
            foreach (var (field, _) in entry!["fieldsV1"]!["f:data"]?.AsObject().Where(static each => each.Key != ".") ?? [])
            {
                owners.TryAdd(field[2..], new SortedSet<string>(StringComparer.Ordinal));
                owners[field[2..]].Add($"{entry["manager"]} {entry["operation"]}");
            }
        }

        return Model.Text(owners);
    }

    private enum StepKind
    {
        MergeSet,
        MergeRemove,
        JsonAdd,
        JsonRemove,
        StrategicReplace,
        Update,
        Apply,
        ApplyOther,
    }

    /// <summary>The data of a config map and who owns each of its keys.</summary>
    private sealed class Model
    {
        private const string Updater = "test Update";

        private readonly SortedDictionary<string, SortedSet<string>> _owners = new(StringComparer.Ordinal) { ["base"] = [Updater] };

        public Dictionary<string, string> Data { get; } = new() { ["base"] = "0" };

        public Dictionary<string, string> With(string key, string value) => new(Data) { [key] = value };

        /// <summary>A key that changes becomes its changer's alone.</summary>
        public void Set(string key, string value)
        {
            if (Data.GetValueOrDefault(key) != value)
            {
                Data[key] = value;
                _owners[key] = [Updater];
            }
        }

        public void Remove(string key)
        {
            Data.Remove(key);
            _owners.Remove(key);
        }

        /// <summary>What an applier leaves out that only he owned goes; what he names as it is he owns, too.</summary>
        public void Apply(string manager, string key, string value)
        {
            var owner = manager + " Apply";
            foreach (var left in _owners.Where(each => each.Key != key && each.Value.Contains(owner)).Select(static each => each.Key).ToList())
            {
                _owners[left].Remove(owner);
                if (_owners[left].Count == 0)
                {
                    Remove(left);
                }
            }

            if (Data.GetValueOrDefault(key) != value)
            {
                Data[key] = value;
                _owners[key] = [];
            }

            _owners[key].Add(owner);
        }

        public string OwnersText() => Text(_owners);

        public static string Text(SortedDictionary<string, SortedSet<string>> owners) =>
            string.Join("; ", owners.Select(static each => $"{each.Key}: {string.Join(", ", each.Value.Order(StringComparer.Ordinal))}"));
    }

    /// <summary>A change, read from a number.</summary>
    private readonly record struct Step(int Number)
    {
        private static readonly int Kinds = Enum.GetValues<StepKind>().Length;

        private uint Digits => (uint)Number;

        public StepKind Kind => (StepKind)(Digits % Kinds);

        public string Key => "k" + (Digits / Kinds % Keys).ToString(CultureInfo.InvariantCulture);

        public string Value => "v" + (Digits / Kinds / Keys % Values).ToString(CultureInfo.InvariantCulture);

        public string Manager => Kind == StepKind.Apply ? "one" : "two";

        public bool IsPossible(Model model) => Kind != StepKind.JsonRemove || model.Data.ContainsKey(Key);

        public void Change(Model model)
        {
            switch (Kind)
            {
                case StepKind.MergeRemove or StepKind.JsonRemove:
                    model.Remove(Key);
                    break;
                case StepKind.StrategicReplace:
                    var (key, value) = (Key, Value);
                    model.Data.Keys.Where(other => other != key && other != "base").ToList().ForEach(model.Remove);
                    model.Set(key, value);
                    break;
                case StepKind.Apply or StepKind.ApplyOther:
                    model.Apply(Manager, Key, Value);
                    break;
                default:
                    model.Set(Key, Value);
                    break;
            }
        }
    }
}
