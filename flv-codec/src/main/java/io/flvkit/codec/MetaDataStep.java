package io.flvkit.codec;

/** A step that rewrites onMetaData. Metadata that cannot be read passes as it is. */
abstract class MetaDataStep implements FlvStep {
  final Retag retag = new Retag();
  private final FlvLimits limits;

  MetaDataStep(FlvLimits limits) {
    this.limits = limits;
  }

  abstract OnMetaData change(OnMetaData metadata);

  abstract void media(FlvTag tag, FlvHandler next);

  @Override
  public final void tag(FlvTag tag, FlvHandler next) {
    if (tag.type() != TagType.SCRIPT) {
      media(tag, next);
      return;
    }
    OnMetaData metadata = OnMetaData.of(tag, limits).orElse(null);
    if (metadata == null) {
      next.onTag(tag);
      return;
    }
    OnMetaData changed = change(metadata);
    next.onTag(changed.equals(metadata) ? tag : retag.withBody(tag, changed.toBody()));
  }
}
