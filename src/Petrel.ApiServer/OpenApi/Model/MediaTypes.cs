namespace Petrel.ApiServer.OpenApi.Model;

/// <summary>Media types that operations take and give.</summary>
internal static class MediaTypes
{
    private const string Json = "application/json";
    private const string Yaml = "application/yaml";
    private const string StrategicPatch = "application/strategic-merge-patch+json";
    private const string Protobuf = "application/vnd.kubernetes.protobuf";

    public static IReadOnlyList<string> Any { get; } = ["*/*"];

    public static IReadOnlyList<string> JsonOnly { get; } = [Json];

    public static IReadOnlyList<string> Objects { get; } = [Json, Yaml, Protobuf];

    public static IReadOnlyList<string> Watches { get; } = [Json, Yaml, Protobuf, Json + ";stream=watch", Protobuf + ";stream=watch"];

    public static IReadOnlyList<string> Text { get; } = ["text/plain", Json, Yaml, Protobuf];

    /// <summary>Without those that custom resources do not have.</summary>
    public static IReadOnlyList<string> OfCustom(IReadOnlyList<string> types) =>
        [.. types.Where(static type => !type.StartsWith(Protobuf, StringComparison.Ordinal) && type != StrategicPatch)];

    public static IReadOnlyList<string> Patches { get; } =
        ["application/json-patch+json", "application/merge-patch+json", StrategicPatch, "application/apply-patch+yaml"];
}
