namespace Petrel.ApiServer.OpenApi.Model;

/// <summary>One of an operation's answers.</summary>
/// <param name="Schema">What it carries; null when that is not said.</param>
internal sealed record Answer(int Code, SchemaNode? Schema)
{
    public static Answer Unauthorized { get; } = new(401, null);

    public string Description => Code switch
    {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        401 => "Unauthorized",
        _ => throw new InvalidOperationException($"no operation is documented to answer {Code}"),
    };
}
