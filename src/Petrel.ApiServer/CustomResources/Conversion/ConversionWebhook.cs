using System.Globalization;
using Petrel.Api.ApiExtensions;
using Petrel.Api.ApiExtensions.Objects;
using Petrel.Api.Json;
using Petrel.Api.Resources;
using Petrel.ApiServer.Webhooks;

namespace Petrel.ApiServer.CustomResources.Conversion;

/// <summary>Converts the objects of one definition by asking its webhook (kubernetes.io, "Versions in CustomResourceDefinitions").</summary>
internal sealed class ConversionWebhook(CustomResourceDefinition definition, WebhookClient client, ConversionMetrics metrics, TimeProvider time) : ICustomConversion
{
    /// <summary>Upstream's, which definitions cannot change.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly WebhookConversion _webhook = definition.Spec.Conversion!.Webhook!;
    private readonly WebhookAddress _address = definition.Spec.Conversion!.Webhook!.ClientConfig! switch
    {
        { Service: { } service } config => WebhookAddress.Behind(new ServiceTarget(service.Namespace, service.Name, service.Port!.Value), service.Path, config.CaBundle),
        var config => WebhookAddress.At(config.Url!, config.CaBundle),
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CustomObject>> ConvertAsync(IReadOnlyList<CustomObject> values, CustomKind target, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        var from = values[0].GroupVersionKind;
        string? failure = null;
        try
        {
            return await AskAsync(values, from, target, cancellationToken);
        }
        catch (ConversionFailure failed)
        {
            failure = failed.Type;
            throw new ConversionException(failed.Message);
        }
        finally
        {
            metrics.Asked(definition.Metadata.Name, from.Version, target.Info.Version, failure, time.GetElapsedTime(begin));
        }
    }

    private async Task<IReadOnlyList<CustomObject>> AskAsync(IReadOnlyList<CustomObject> values, GroupVersionKind from, CustomKind target, CancellationToken cancellationToken)
    {
        var question = ConversionQuestion.Of(_webhook.ConversionReviewVersions, values, target.Info.ApiVersion);
        var named = $"conversion webhook for {from.Group}/{from.Version}, Kind={from.Kind}";
        ReadOnlyMemory<byte> answer;
        try
        {
            answer = await client.PostAsync(_address, question.Json, Timeout, cancellationToken);
        }
        catch (WebhookException unanswered)
        {
            throw new ConversionFailure(ConversionFailure.Call, $"{named} failed: {unanswered.Message}");
        }

        IReadOnlyList<JsonTree> objects;
        try
        {
            objects = question.Read(answer);
        }
        catch (ConversionException refused)
        {
            throw new ConversionFailure(ConversionFailure.MalformedResponse, $"{named} failed: {refused.Message}");
        }

        if (objects.Count != values.Count)
        {
            throw new ConversionFailure(
                ConversionFailure.PartialResponse, string.Create(CultureInfo.InvariantCulture, $"{named} returned {objects.Count} objects, expected {values.Count}"));
        }

        try
        {
            return [.. values.Zip(objects, (value, converted) => ConvertedObject.Of(value, converted, target))];
        }
        catch (ConversionException invalid)
        {
            throw new ConversionFailure(ConversionFailure.InvalidObject, $"{named} returned {invalid.Message}");
        }
    }
}
