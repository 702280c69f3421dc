using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;
using Petrel.Api.Schema;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Requests;

/// <summary>Reads the body of a subresource whose kind is not the resource's own (Binding, Eviction, Scale, TokenRequest).</summary>
internal static class SubresourceBody
{
    /// <exception cref="StatusException">400, 413 or 415.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context) where T : ApiObject, IApiType<T>
    {
        var body = await BodyReader.ReadAsync(context.Request);
        var mediaType = BodyReader.MediaTypeOf(context.Request);
        var kind = T.Empty.GroupVersionKind;
        string CannotHandle(string why) => $"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: {why}";
        if (mediaType == MediaType.Protobuf)
        {
            try
            {
                var reader = new ProtobufReader(ProtobufEnvelope.Open(body).Message.Span);
                return T.ReadProtobuf(ref reader);
            }
            catch (ProtobufException bad)
            {
                throw new StatusException(Statuses.BadRequest(bad.Message));
            }
        }

        ReadOnlyMemory<byte> json = body;
        if (mediaType == MediaType.Yaml)
        {
            json = YamlBodies.TryRead(body.Span, out var converted, out var error) ? converted : throw new StatusException(Statuses.BadRequest(error));
        }

        var problems = new DecodeProblems();
        try
        {
            var value = JsonDecoder.Decode<T>(json.Span, problems);
            if (problems.TypeError is not null)
            {
                throw new StatusException(Statuses.BadRequest(CannotHandle(problems.TypeError)));
            }

            FieldValidation.Apply(context, problems, text => new StatusException(Statuses.BadRequest(CannotHandle(text))));
            return value;
        }
        catch (JsonException bad)
        {
            throw new StatusException(Statuses.BadRequest(CannotHandle(GoJsonError.Describe(bad, json.Span))));
        }
    }
}
