using Petrel.ApiServer.OpenApi.Model;

namespace Petrel.ApiServer.OpenApi.Paths;

/// <summary>The answers that an operation is documented to give.</summary>
internal static class OperationAnswers
{
    /// <summary>Success with an object, and 401.</summary>
    public static IReadOnlyList<Answer> Of(string definition, params ReadOnlySpan<int> codes)
    {
        var answers = new List<Answer>(codes.Length + 1);
        foreach (var code in codes)
        {
            answers.Add(new Answer(code, new SchemaNode { Reference = definition }));
        }

        answers.Add(Answer.Unauthorized);
        return answers;
    }

    /// <summary>Success with text or whatever is behind a proxy, and 401.</summary>
    public static IReadOnlyList<Answer> Text { get; } = [new Answer(200, new SchemaNode { Type = "string" }), Answer.Unauthorized];
}
